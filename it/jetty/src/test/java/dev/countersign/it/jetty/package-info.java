/** The contract on Jetty 12.1, environment ee11. */
@NullMarked
package dev.countersign.it.jetty;

import org.jspecify.annotations.NullMarked;
