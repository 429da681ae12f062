/** Helidon 4. */
@NullMarked
package dev.countersign.agent.adapter.helidon;

import org.jspecify.annotations.NullMarked;
