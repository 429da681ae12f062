/** A suite of requirements that any MCP resource server can be held to, in whatever language. */
@NullMarked
package dev.countersign.conformance;

import org.jspecify.annotations.NullMarked;
