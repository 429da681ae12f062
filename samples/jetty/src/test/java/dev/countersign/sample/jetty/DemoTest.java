package dev.countersign.sample.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.sample.authorizationserver.LoginOnChallenge;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo with the client of the official Java SDK, which starts with nothing but the URL. */
class DemoTest {

  private static Demo demo;

  @BeforeAll
  static void start() throws Exception {
    demo = Demo.start(0, LoginServer.embedded(0));
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  private static String url() {
    return demo.resource().identifier().toString();
  }

  @Test
  void S01_S11_S12_challengesBeforeAnythingElse() throws Exception {
    HttpResponse<String> answer = get(url());

    assertEquals(401, answer.statusCode());
    assertEquals(
        List.of(
            "Bearer scope=\"mcp:tools\", resource_metadata=\""
                + demo.resource().identifier().metadataUrl()
                + "\""),
        answer.headers().allValues("WWW-Authenticate"));
  }

  @Test
  void M01_servesTheMetadataThatTheChallengePointsTo() throws Exception {
    HttpResponse<String> answer = get(demo.resource().identifier().metadataUrl());

    assertEquals(200, answer.statusCode());
    assertEquals(demo.resource().metadata().toJson(), answer.body());
  }

  @Test
  void S10_U01_clientLogsInCallsAToolAndStepsUp() {
    LoginOnChallenge login = new LoginOnChallenge();
    try (McpSyncClient client = login.client(url())) {
      client.initialize();
      List<String> tools = client.listTools().tools().stream().map(Tool::name).sorted().toList();
      String first = call(client, "whoami", Map.of());
      String kept = call(client, "add_note", Map.of("text", "hello"));
      String second = call(client, "whoami", Map.of());

      assertEquals(List.of("add_note", "clear_notes", "echo", "list_notes", "whoami"), tools);
      assertEquals("You are demo, with the scope mcp:tools", first);
      assertEquals("Kept; there are 1 notes now", kept);
      assertTrue(second.contains("notes:write"), second);
      assertEquals(List.of("401 mcp:tools", "403 mcp:tools notes:write"), login.challenges());
    }
  }

  @Test
  void S32_U21_U23_U24_aClientThatReplacesItsScopeUsesEveryToolByAskingOnceForEach() {
    LoginOnChallenge login = new LoginOnChallenge();
    try (McpSyncClient client = login.client(url())) {
      client.initialize();
      call(client, "add_note", Map.of("text", "hello"));
      String read = call(client, "list_notes", Map.of());
      String cleared = call(client, "clear_notes", Map.of());
      call(client, "add_note", Map.of("text", "hello again"));

      assertTrue(read.contains("hello"), read);
      assertEquals("There are no notes now", cleared);
      assertEquals(
          List.of(
              "401 mcp:tools",
              "403 mcp:tools notes:write",
              "403 mcp:tools notes:read notes:write",
              "401 mcp:tools notes:admin notes:write notes:read mfa"),
          login.challenges());
    }
  }

  @Test
  void saysWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      PortTaken refused =
          assertThrows(
              PortTaken.class, () -> Demo.start(port, LoginServer.running("http://localhost:1")));

      assertEquals(
          "port "
              + port
              + " is taken or not allowed; choose another one with -Dmcp.port=PORT, or any free one"
              + " with -Dmcp.port=0",
          refused.getMessage());
    }
  }

  @Test
  void bannerNamesEverythingThatANewcomerNeeds() {
    String banner = Banner.of(demo.resource(), LoginServer.running("http://localhost:1"));

    assertTrue(banner.contains("curl -i " + url()), banner);
    assertTrue(banner.contains(demo.resource().identifier().metadataUrl()), banner);
    assertTrue(banner.contains("http://localhost:1"), banner);
  }

  private static String call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    var result = client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    return ((TextContent) result.content().get(0)).text();
  }

  private static HttpResponse<String> get(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
