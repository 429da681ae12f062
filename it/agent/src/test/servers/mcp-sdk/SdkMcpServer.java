import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Files;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/** The servlet of the MCP Java SDK on an embedded Tomcat, which know nothing of authorization. */
public final class SdkMcpServer {

  public static void main(String[] arguments) throws Exception {
    HttpServletStreamableServerTransportProvider servlet =
        HttpServletStreamableServerTransportProvider.builder().mcpEndpoint("/mcp").build();
    McpSyncServer server =
        McpServer.sync(servlet)
            .serverInfo("sdk", "1")
            .capabilities(ServerCapabilities.builder().tools(false).build())
            .toolCall(
                Tool.builder("add", Map.of("type", "object")).description("Adds.").build(),
                (exchange, call) -> sum(call.arguments()))
            .build();
    String directory = Files.createTempDirectory("tomcat").toString();
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "localhost");
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector.addUpgradeProtocol(new Http2Protocol());
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory);
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", directory);
    Tomcat.addServlet(context, "mcp", servlet).setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "mcp");
    tomcat.start();
    System.out.println("probe http://localhost:" + connector.getLocalPort());
    System.in.read();
    server.closeGracefully();
    System.exit(0);
  }

  private static CallToolResult sum(Map<String, Object> numbers) {
    int sum = ((Number) numbers.get("one")).intValue() + ((Number) numbers.get("other")).intValue();
    return CallToolResult.builder().addTextContent(Integer.toString(sum)).build();
  }
}
