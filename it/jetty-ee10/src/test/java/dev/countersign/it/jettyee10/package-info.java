/** The contract on Jetty 12.1, environment ee10. */
@NullMarked
package dev.countersign.it.jettyee10;

import org.jspecify.annotations.NullMarked;
