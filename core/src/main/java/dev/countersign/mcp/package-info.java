/**
 * What the kit understands of MCP itself: the JSON-RPC call in a body, and the scopes a tool needs.
 */
@NullMarked
package dev.countersign.mcp;

import org.jspecify.annotations.NullMarked;
