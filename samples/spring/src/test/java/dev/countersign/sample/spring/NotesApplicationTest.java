package dev.countersign.sample.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.sample.authorizationserver.DemoAuthorizationServer;
import dev.countersign.sample.authorizationserver.LoginOnChallenge;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/** The sample as it is, with the client of the MCP Java SDK. */
class NotesApplicationTest {

  private static final int MOST_PORTS = 5;

  private static DemoAuthorizationServer login;
  private static ConfigurableApplicationContext application;

  @BeforeAll
  static void start() throws IOException {
    login = DemoAuthorizationServer.start(0);
    application = application(MOST_PORTS);
  }

  // The resource identifier names the port, so the port has to be known before the server has it;
  // should somebody else be faster, another one is tried.
  private static ConfigurableApplicationContext application(int ports) throws IOException {
    try {
      return new SpringApplication(NotesApplication.class)
          .run(
              "--server.port=" + freePort(),
              "--countersign.authorization-servers=" + login.issuer(),
              "--logging.level.root=warn");
    } catch (PortInUseException e) {
      if (ports == 1) {
        throw e;
      }
      return application(ports - 1);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @AfterAll
  static void stop() {
    application.close();
    login.close();
  }

  private static String url() {
    return application
        .getBean(ResourceServer.class)
        .config()
        .resources()
        .get(0)
        .identifier()
        .toString();
  }

  @Test
  void S01_challengesBeforeTheApplicationSeesAnything() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url())).POST(BodyPublishers.noBody()).build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

    assertEquals(401, answer.statusCode());
    assertEquals(
        "Bearer scope=\"mcp:tools\", resource_metadata=\""
            + URI.create(url()).resolve("/.well-known/oauth-protected-resource/mcp")
            + "\"",
        answer.headers().firstValue("WWW-Authenticate").orElse(""));
  }

  @Test
  void S10_S32_U01_U23_U24_clientLogsInListsToolsAndStepsUp() {
    LoginOnChallenge client = new LoginOnChallenge();
    try (McpSyncClient mcp = client.client(url())) {
      mcp.initialize();
      List<String> tools = mcp.listTools().tools().stream().map(Tool::name).sorted().toList();
      String kept = call(mcp, "add_note", Map.of("text", "hello"));
      String read = call(mcp, "list_notes", Map.of());
      String cleared = call(mcp, "clear_notes", Map.of());
      String after = call(mcp, "list_notes", Map.of());

      assertEquals(List.of("add_note", "clear_notes", "list_notes"), tools);
      assertTrue(kept.contains("Kept for demo"), kept);
      assertTrue(read.contains("demo: hello"), read);
      assertTrue(cleared.contains("no notes"), cleared);
      assertTrue(after.contains("[]"), after);
      assertEquals(
          List.of(
              "401 mcp:tools",
              "403 mcp:tools notes:write",
              "403 mcp:tools notes:read notes:write",
              "401 mcp:tools notes:admin notes:write notes:read mfa"),
          client.challenges());
    }
  }

  private static String call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    var result = client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    return ((TextContent) result.content().get(0)).text();
  }
}
