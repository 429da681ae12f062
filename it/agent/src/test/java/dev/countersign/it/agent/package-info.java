/** Servers in JVMs of their own, under the agent. */
@NullMarked
package dev.countersign.it.agent;

import org.jspecify.annotations.NullMarked;
