/** Reactor Netty, in front of the handler of a server. */
@NullMarked
package dev.countersign.agent.adapter.reactor;

import org.jspecify.annotations.NullMarked;
