package dev.countersign.mcpsdk;

import dev.countersign.ResourceServer;
import dev.countersign.servlet.ResourceServerFilter;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * A server of the SDK on Tomcat, with the filter in front and two tools, {@code whoami} and {@code
 * reboot}.
 */
final class SdkServer implements AutoCloseable {

  private final Path directory = Files.createTempDirectory("sdk");
  private final Tomcat tomcat = new Tomcat();
  private final URI uri;

  private SdkServer(ResourceServer engine, HttpServlet servlet) throws Exception {
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "localhost");
    tomcat.setBaseDir(directory.toString());
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", directory.toString());
    FilterDef filter = new FilterDef();
    filter.setFilterName("countersign");
    filter.setFilter(new ResourceServerFilter(engine));
    filter.setAsyncSupported("true");
    context.addFilterDef(filter);
    FilterMap everywhere = new FilterMap();
    everywhere.setFilterName("countersign");
    everywhere.addURLPattern("/*");
    context.addFilterMap(everywhere);
    Wrapper wrapper = Tomcat.addServlet(context, "mcp", servlet);
    wrapper.setAsyncSupported(true);
    wrapper.addMapping("/mcp");
    tomcat.start();
    this.uri = URI.create("http://localhost:" + connector.getLocalPort() + "/mcp");
  }

  private static Tool tool(String name) {
    return Tool.builder(name, Map.of("type", "object")).build();
  }

  private static CallToolResult says(String text) {
    return CallToolResult.builder().addTextContent(text).build();
  }

  /** With sessions; what a call answers is made by a function of its transport context. */
  static SdkServer withSessions(ResourceServer engine, Function<McpTransportContext, String> whoami)
      throws Exception {
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder()
            .mcpEndpoint("/mcp")
            .contextExtractor(TransportAccessToken.extractor())
            .build();
    McpServer.sync(transport)
        .serverInfo("test", "1")
        .capabilities(ServerCapabilities.builder().tools(false).build())
        .toolCall(
            tool("whoami"), (exchange, call) -> says(whoami.apply(exchange.transportContext())))
        .toolCall(tool("reboot"), (exchange, call) -> says("rebooted"))
        .build();
    return new SdkServer(engine, transport);
  }

  /** The same without sessions. */
  static SdkServer stateless(ResourceServer engine, Function<McpTransportContext, String> whoami)
      throws Exception {
    HttpServletStatelessServerTransport transport =
        HttpServletStatelessServerTransport.builder()
            .messageEndpoint("/mcp")
            .contextExtractor(TransportAccessToken.extractor())
            .build();
    McpServer.sync(transport)
        .serverInfo("test", "1")
        .capabilities(ServerCapabilities.builder().tools(false).build())
        .toolCall(tool("whoami"), (context, call) -> says(whoami.apply(context)))
        .toolCall(tool("reboot"), (context, call) -> says("rebooted"))
        .build();
    return new SdkServer(engine, transport);
  }

  URI uri() {
    return uri;
  }

  @Override
  public void close() throws LifecycleException, IOException {
    tomcat.stop();
    tomcat.destroy();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
