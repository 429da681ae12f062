/** Ktor, before the pipeline of an engine. */
@NullMarked
package dev.countersign.agent.adapter.ktor;

import org.jspecify.annotations.NullMarked;
