package dev.countersign.peer;

import io.quarkiverse.mcp.server.Tool;

/** An MCP server of quarkus-mcp-server, secured by quarkus-oidc in application.properties. */
public class Hello {

  @Tool(description = "hello")
  String hello() {
    return "hello";
  }
}
