import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An MCP server as anybody would write it with the official SDK, on Jetty. */
public final class SdkMcpServer {

  private static final String NUMBERS =
      """
      {"type":"object","properties":{"one":{"type":"integer"},"other":{"type":"integer"}},\
      "required":["one","other"]}\
      """;

  public static void main(String[] arguments) throws Exception {
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder().mcpEndpoint("/mcp").build();
    Tool add =
        Tool.builder()
            .name("add")
            .description("Adds two numbers.")
            .inputSchema(McpJsonDefaults.getMapper(), NUMBERS)
            .build();
    McpServer.sync(transport)
        .serverInfo("calculator", "1")
        .capabilities(ServerCapabilities.builder().tools(false).build())
        .toolCall(
            add,
            (exchange, call) ->
                CallToolResult.builder().addTextContent(sum(call.arguments())).build())
        .build();
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("localhost");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder servlet = new ServletHolder(transport);
    servlet.setAsyncSupported(true);
    context.addServlet(servlet, "/*");
    server.setHandler(context);
    server.start();
    System.out.println("probe http://localhost:" + connector.getLocalPort());
    System.in.read();
    System.exit(0);
  }

  private static String sum(Map<String, Object> numbers) {
    return String.valueOf(number(numbers, "one") + number(numbers, "other"));
  }

  private static int number(Map<String, Object> numbers, String name) {
    return ((Number) numbers.get(name)).intValue();
  }
}
