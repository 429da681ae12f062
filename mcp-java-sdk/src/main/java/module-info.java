/** The user of a request in the tools of a server that is made with the MCP Java SDK. */
module dev.countersign.mcpsdk {
  requires transitive dev.countersign.servlet;
  requires transitive io.modelcontextprotocol.sdk.mcp.core;
  requires static org.jspecify;

  exports dev.countersign.mcpsdk;
}
