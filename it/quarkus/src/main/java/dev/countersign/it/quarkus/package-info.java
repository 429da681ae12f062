/** An MCP server of Quarkus that knows nothing of authorization. */
package dev.countersign.it.quarkus;
