package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RemoteProbe;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** How a list leaves Helidon by other ways than the plain one. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Helidon 4 needs JDK 21 or newer")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HelidonListsIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

  private static final ServerProgram PROGRAM =
      new ServerProgram(
          "helidon-lists/HelidonLists",
          List.of(
              "io.helidon.webserver:helidon-webserver:4.5.0",
              "io.helidon.webserver:helidon-webserver-sse:4.5.0"),
          "");

  private static HttpResponse<byte[]> list(String... fields) throws Exception {
    try (FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
        RemoteProbe server =
            RemoteProbe.of(
                GuardedJvm.start(
                    PROGRAM,
                    GuardedJvm.settings(
                        RESOURCE,
                        authorizationServer,
                        "scopes.tool.delete_file",
                        "files:write",
                        "filter-lists",
                        "true")))) {
      HttpRequest request =
          HttpRequest.newBuilder(server.uri().resolve("/mcp"))
              .header("Authorization", "Bearer " + authorizationServer.tokens(RESOURCE).valid())
              .header("Content-Type", "application/json")
              .headers(fields)
              .POST(BodyPublishers.ofString(LIST))
              .build();
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }
  }

  @Test
  void MC27_aSinkOfEventsPassesByNoFilter() throws Exception {
    HttpResponse<byte[]> refused = list("Accept", "text/event-stream");

    String body = new String(refused.body(), StandardCharsets.UTF_8);
    assertEquals(500, refused.statusCode(), body);
    assertFalse(body.contains("delete_file"), body);
  }

  @Test
  void MC27_aListIsFilteredBeforeTheServerEncodesIt() throws Exception {
    HttpResponse<byte[]> coded = list("Accept-Encoding", "gzip");

    assertEquals(200, coded.statusCode());
    assertEquals(List.of("gzip"), coded.headers().allValues("Content-Encoding"));
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[]}}",
        new String(
            new GZIPInputStream(new ByteArrayInputStream(coded.body())).readAllBytes(),
            StandardCharsets.UTF_8));
  }
}
