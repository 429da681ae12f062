package dev.countersign.sample.agenttomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.agent.Agent;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server as it is, in a JVM with the agent's flag. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TimeServerIT {

  private static final String RESOURCE = "https://time.example.com/mcp";
  private static final String METADATA = "/.well-known/oauth-protected-resource/mcp";
  private static final FakeAuthorizationServer AUTHORIZATION_SERVER =
      FakeAuthorizationServer.start();

  private static Process process;
  private static URI uri;

  @BeforeAll
  static void start() throws Exception {
    String flag =
        "-javaagent:%s=resource=%s,authorization-servers=%s,allow-http-on-loopback=true"
            .formatted(origin(Agent.class), RESOURCE, AUTHORIZATION_SERVER.issuer());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    process =
        new ProcessBuilder(java, flag, "-cp", classPath(), TimeServer.class.getName(), "0")
            .redirectError(new File("target", "time-server.log"))
            .start();
    uri = URI.create(address(process.inputReader()));
  }

  @AfterAll
  static void stop() throws Exception {
    AUTHORIZATION_SERVER.close();
    process.destroy();
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
  }

  // Nothing of Countersign may come to the server by its class path.
  private static String classPath() throws URISyntaxException {
    List<Path> ours = List.of(origin(Agent.class), origin(FakeAuthorizationServer.class));
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !ours.contains(Path.of(entry)) && !entry.contains("countersign-core"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path origin(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String address(BufferedReader out) throws IOException {
    String said = "listening on ";
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(said)) {
        return line.substring(said.length());
      }
    }
    throw new IOException("the server has ended");
  }

  @Test
  void S01_S11_challengesBeforeAnythingElse() throws Exception {
    RawResponse response = RawHttp.exchange(uri, RawRequest.of("POST", "/mcp").json("{}"));

    assertEquals(401, response.status());
    assertEquals(
        List.of("Bearer resource_metadata=\"https://time.example.com" + METADATA + "\""),
        response.values("WWW-Authenticate"));
  }

  @Test
  void M01_servesTheMetadata() throws Exception {
    RawResponse response = RawHttp.exchange(uri, RawRequest.of("GET", METADATA));

    assertEquals(RESOURCE, response.json().get("resource"));
    assertEquals(
        List.of(AUTHORIZATION_SERVER.issuer()), response.json().get("authorization_servers"));
  }

  @Test
  void N16_servesTheClientOfTheSdk() {
    String token = AUTHORIZATION_SERVER.tokens(RESOURCE).valid();
    try (McpSyncClient client =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder(uri.resolve("/").toString())
                    .endpoint("/mcp")
                    .addHttpRequestCustomizer(
                        (request, method, target, body, context) ->
                            request.setHeader("Authorization", "Bearer " + token))
                    .build())
            .build()) {
      client.initialize();

      List<String> tools = client.listTools().tools().stream().map(Tool::name).sorted().toList();
      var answer = client.callTool(CallToolRequest.builder("whoami").build());

      assertEquals(List.of("now", "whoami"), tools);
      assertEquals("You are alice", ((TextContent) answer.content().get(0)).text());
    }
  }
}
