/** Jetty 9.4, 10 and 11, before their handlers. */
@NullMarked
package dev.countersign.agent.adapter.jetty9;

import org.jspecify.annotations.NullMarked;
