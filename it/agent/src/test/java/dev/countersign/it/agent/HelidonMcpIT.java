package dev.countersign.it.agent;

import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The MCP server of Helidon. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Helidon 4 needs JDK 21 or newer")
class HelidonMcpIT extends McpServerContract {

  HelidonMcpIT() {
    super(
        new ServerProgram(
            "helidon-mcp/HelidonMcpServer",
            List.of(
                "io.helidon.extensions.mcp:helidon4-extensions-mcp-server:1.2.0",
                "io.helidon.extensions.mcp:helidon4-extensions-mcp-project:pom:1.2.0"),
            ""),
        HttpClient.Version.HTTP_1_1);
  }
}
