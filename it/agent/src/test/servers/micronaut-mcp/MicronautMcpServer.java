package micronautmcp;

import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.micronaut.context.ApplicationContext;
import io.micronaut.mcp.annotations.Tool;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;

/** The MCP server of Micronaut, with one tool, and no authorization. */
@Singleton
public class MicronautMcpServer {

  public static void main(String[] arguments) throws Exception {
    EmbeddedServer server =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                "micronaut.server.host", "localhost",
                "micronaut.server.port", -1,
                "micronaut.mcp.server.transport", "HTTP",
                "micronaut.mcp.server.info.name", "sums",
                "micronaut.mcp.server.info.version", "1.0.0"));
    server.start();
    ProbeProcess.serve(new ProbeApplication(), URI.create("http://localhost:" + server.getPort()));
    System.exit(0);
  }

  @Tool(name = "add", description = "Adds two numbers")
  String add(int one, int other) {
    return Integer.toString(one + other);
  }
}
