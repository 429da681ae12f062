/** The HttpServer of the JDK, by nothing but its public API. */
@NullMarked
package dev.countersign.agent.adapter.jdk;

import org.jspecify.annotations.NullMarked;
