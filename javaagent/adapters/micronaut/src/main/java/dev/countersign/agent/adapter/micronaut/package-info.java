/** Micronaut, where a connection hands a request on. */
@NullMarked
package dev.countersign.agent.adapter.micronaut;

import org.jspecify.annotations.NullMarked;
