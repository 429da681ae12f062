package dev.countersign.it.agent;

import java.net.http.HttpClient;
import java.util.List;

/** The MCP server of Micronaut. */
class MicronautMcpIT extends McpServerContract {

  MicronautMcpIT() {
    super(
        new ServerProgram(
            "micronaut-mcp/micronautmcp.MicronautMcpServer",
            List.of(
                "io.micronaut.mcp:micronaut-mcp-server-java-sdk:0.0.19",
                "io.micronaut.platform:micronaut-platform:pom:4.10.8",
                "io.micronaut:micronaut-http-server-netty:4.10.15",
                "io.micronaut:micronaut-inject-java:4.10.15",
                "io.micronaut:micronaut-jackson-databind:4.10.15"),
            ""),
        HttpClient.Version.HTTP_1_1);
  }
}
