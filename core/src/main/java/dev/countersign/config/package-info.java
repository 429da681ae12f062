/**
 * One immutable configuration, {@link dev.countersign.config.ResourceServerConfig}, and the readers
 * that translate properties, environment and parameters into it.
 */
@NullMarked
package dev.countersign.config;

import org.jspecify.annotations.NullMarked;
