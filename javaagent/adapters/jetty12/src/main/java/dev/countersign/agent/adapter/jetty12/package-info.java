/** Jetty 12, below its servlet environments. */
@NullMarked
package dev.countersign.agent.adapter.jetty12;

import org.jspecify.annotations.NullMarked;
