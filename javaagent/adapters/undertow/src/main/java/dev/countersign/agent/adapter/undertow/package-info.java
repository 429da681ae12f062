/** Undertow, below the servlet API. */
@NullMarked
package dev.countersign.agent.adapter.undertow;

import org.jspecify.annotations.NullMarked;
