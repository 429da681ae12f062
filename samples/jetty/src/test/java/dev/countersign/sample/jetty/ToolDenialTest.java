package dev.countersign.sample.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.ToolDenial;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.InsufficientScopeException;
import dev.countersign.oauth.Scope;
import dev.countersign.servlet.ResourceServerFilter;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tools of the MCP Java SDK that find out that they need more scope. */
class ToolDenialTest {

  private static final String TOKEN = ResourceServerFilter.ACCESS_TOKEN;

  private final HttpServletStreamableServerTransportProvider servlet =
      HttpServletStreamableServerTransportProvider.builder()
          .mcpEndpoint("/mcp")
          .contextExtractor(
              request -> McpTransportContext.create(Map.of(TOKEN, request.getAttribute(TOKEN))))
          .build();
  private final McpSyncServer server =
      McpServer.sync(servlet)
          .serverInfo("denials", "1")
          .capabilities(ServerCapabilities.builder().tools(false).build())
          .toolCall(tool("tells"), this::tells)
          .toolCall(tool("throws"), (exchange, call) -> write(exchange))
          .build();
  private JettyServer jetty;
  private ResourceServer engine;

  private static Tool tool(String name) {
    return Tool.builder(name, Map.of("type", "object")).description("Writes.").build();
  }

  @BeforeEach
  void start() throws Exception {
    jetty = new JettyServer(0);
    String url = "http://localhost:" + jetty.port() + "/mcp";
    engine =
        ResourceServer.create(
            ResourceServerConfig.builder(url)
                .authorizationServer("https://id.example")
                .allowHttpOnLoopback()
                .scopesSupported("files:read", "files:write")
                .tokenValidator((token, resource) -> new Decision.Granted(reader(url)))
                .build());
    jetty.start(engine, servlet);
  }

  private static AccessToken reader(String url) {
    return new AccessToken(
        "https://id.example",
        "alice",
        Optional.empty(),
        List.of(url),
        Scope.of("files:read"),
        Instant.MAX,
        Map.of());
  }

  @AfterEach
  void stop() {
    server.closeGracefully();
    jetty.close();
    engine.close();
  }

  // As the documentation of step-up has it.
  private CallToolResult tells(McpSyncServerExchange exchange, CallToolRequest call) {
    AccessToken token = (AccessToken) exchange.transportContext().get(TOKEN);
    try {
      return write(exchange);
    } catch (InsufficientScopeException e) {
      ToolDenial denial = engine.toolDenial(token, e.needed());
      return CallToolResult.builder()
          .isError(true)
          .addTextContent(denial.text())
          .meta(denial.meta())
          .build();
    }
  }

  private static CallToolResult write(McpSyncServerExchange exchange) {
    AccessToken token = (AccessToken) exchange.transportContext().get(TOKEN);
    token.requireScopes("files:write");
    return CallToolResult.builder().addTextContent("written").build();
  }

  private CallToolResult call(String tool) {
    try (McpSyncClient client =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder("http://localhost:" + jetty.port())
                    .endpoint("/mcp")
                    .addHttpRequestCustomizer(
                        (request, method, target, body, context) ->
                            request.setHeader("Authorization", "Bearer reader"))
                    .build())
            .build()) {
      client.initialize();
      return client.callTool(CallToolRequest.builder(tool).arguments(Map.of()).build());
    }
  }

  @Test
  void U25_aToolTellsInItsResultWhatItNeeds() {
    CallToolResult result = call("tells");

    assertEquals(true, result.isError());
    assertEquals(
        "The request needs more scope than the access token has",
        ((TextContent) result.content().get(0)).text());
    List<?> challenges = (List<?>) result.meta().get("mcp/www_authenticate");
    assertEquals(1, challenges.size());
    String challenge = String.valueOf(challenges.get(0));
    assertTrue(
        challenge.startsWith(
            "Bearer error=\"insufficient_scope\", scope=\"files:write files:read\","),
        challenge);
  }

  // Why the exception has to be caught in the tool: the SDK makes an error of it, which asks nobody
  // to log in.
  @Test
  void theSdkCatchesWhatAToolThrows() {
    McpError error = assertThrows(McpError.class, () -> call("throws"));

    assertEquals("the operation needs the scope files:write", error.getMessage());
  }
}
