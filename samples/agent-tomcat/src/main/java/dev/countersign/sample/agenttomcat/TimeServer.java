package dev.countersign.sample.agenttomcat;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** An MCP server that was written without a thought of authorization. */
public final class TimeServer {

  private static final String USER = "user";
  private static final Map<String, Object> NO_ARGUMENTS = Map.of("type", "object");

  private TimeServer() {}

  /**
   * Runs the server until the process is ended.
   *
   * @param arguments the port; 8080 without, 0 for any free one
   * @throws Exception if it does not start
   */
  public static void main(String[] arguments) throws Exception {
    Connector connector = new Connector();
    connector.setProperty("address", "localhost");
    connector.setPort(arguments.length == 0 ? 8080 : Integer.parseInt(arguments[0]));
    Tomcat tomcat = tomcat(connector, transport());
    tomcat.start();
    System.out.println("listening on http://localhost:" + connector.getLocalPort() + "/mcp");
    tomcat.getServer().await();
  }

  private static Tomcat tomcat(
      Connector connector, HttpServletStreamableServerTransportProvider servlet) throws Exception {
    String directory = Files.createTempDirectory("time-server").toString();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory);
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", directory);
    Wrapper wrapper = Tomcat.addServlet(context, "mcp", servlet);
    wrapper.setAsyncSupported(true);
    wrapper.addMapping("/mcp/*");
    return tomcat;
  }

  private static HttpServletStreamableServerTransportProvider transport() {
    HttpServletStreamableServerTransportProvider servlet =
        HttpServletStreamableServerTransportProvider.builder()
            .mcpEndpoint("/mcp")
            .contextExtractor(
                request ->
                    McpTransportContext.create(
                        Map.of(
                            USER, Objects.requireNonNullElse(request.getRemoteUser(), "nobody"))))
            .build();
    McpSyncServer server =
        McpServer.sync(servlet)
            .serverInfo("time-server", "1")
            .capabilities(ServerCapabilities.builder().tools(false).build())
            .toolCall(
                Tool.builder("now", NO_ARGUMENTS).description("Says the time.").build(),
                (exchange, call) -> text(Instant.now().toString()))
            .toolCall(
                Tool.builder("whoami", NO_ARGUMENTS).description("Says who is calling.").build(),
                (exchange, call) -> text("You are " + exchange.transportContext().get(USER)))
            .build();
    Runtime.getRuntime().addShutdownHook(new Thread(server::closeGracefully, "mcp-shutdown"));
    return servlet;
  }

  private static CallToolResult text(String text) {
    return CallToolResult.builder().addTextContent(text).build();
  }
}
