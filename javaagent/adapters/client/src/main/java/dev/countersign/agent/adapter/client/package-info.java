/** Looks at the requests of HTTP clients, for tokens that must not leave. */
@NullMarked
package dev.countersign.agent.adapter.client;

import org.jspecify.annotations.NullMarked;
