/** Spring WebFlux, where it stands on Reactor Netty: the user as its API shows one. */
@NullMarked
package dev.countersign.agent.adapter.webflux;

import org.jspecify.annotations.NullMarked;
