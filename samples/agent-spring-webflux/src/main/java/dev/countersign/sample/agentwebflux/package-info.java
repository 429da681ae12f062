/** An MCP server that knows nothing of authorization. */
@NullMarked
package dev.countersign.sample.agentwebflux;

import org.jspecify.annotations.NullMarked;
