package dev.countersign.it.agent;

import java.net.http.HttpClient.Version;
import java.util.List;

/** An MCP server written by hand on the JDK's HttpServer. */
class JdkMcpIT extends McpServerContract {

  JdkMcpIT() {
    super(
        new ServerProgram(
            "jdk-mcp/HandWrittenMcpServer",
            List.of("com.fasterxml.jackson.core:jackson-databind:2.22.3"),
            ""),
        Version.HTTP_1_1);
  }
}
