import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.helidon.extensions.mcp.server.McpServerConfig;
import io.helidon.extensions.mcp.server.McpTool;
import io.helidon.extensions.mcp.server.McpToolRequest;
import io.helidon.extensions.mcp.server.McpToolResult;
import io.helidon.webserver.WebServer;
import java.net.URI;

/** The MCP server of Helidon, with one tool, and no authorization. */
public final class HelidonMcpServer {

  public static void main(String[] arguments) throws Exception {
    WebServer server =
        WebServer.builder()
            .host("localhost")
            .port(0)
            .routing(
                routing ->
                    routing.addFeature(
                        McpServerConfig.builder().path("/mcp").addTool(new Addition()).build()))
            .build()
            .start();
    ProbeProcess.serve(new ProbeApplication(), URI.create("http://localhost:" + server.port()));
    System.exit(0);
  }

  /** Adds two numbers. */
  private static final class Addition implements McpTool {

    @Override
    public String name() {
      return "add";
    }

    @Override
    public String description() {
      return "Adds two numbers";
    }

    @Override
    public String schema() {
      return """
      {"type":"object","properties":{"one":{"type":"integer"},"other":{"type":"integer"}},
      "required":["one","other"]}
      """;
    }

    @Override
    public McpToolResult tool(McpToolRequest request) {
      int one = request.arguments().get("one").asInteger().get();
      int other = request.arguments().get("other").asInteger().get();
      return McpToolResult.builder().addTextContent(Integer.toString(one + other)).build();
    }
  }
}
