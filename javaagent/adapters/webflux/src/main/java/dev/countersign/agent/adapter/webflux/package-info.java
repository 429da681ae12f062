/** Spring WebFlux on Reactor Netty and on servlets: the user as its API shows one. */
@NullMarked
package dev.countersign.agent.adapter.webflux;

import org.jspecify.annotations.NullMarked;
