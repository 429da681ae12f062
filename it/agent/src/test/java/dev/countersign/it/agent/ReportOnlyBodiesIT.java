package dev.countersign.it.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies without a length that are too large to be judged, in every way that Tomcat reads them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReportOnlyBodiesIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private static final byte[] BODY =
      IntStream.range(0, 40_000).boxed().toList().toString().getBytes(US_ASCII);

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void reachTheApplicationWhole() throws Exception {
    ServerProgram program = TomcatIT.tomcat("11.0.27", "jakarta.servlet");
    try (FakeAuthorizationServer as = FakeAuthorizationServer.start();
        RemoteProbe server =
            RemoteProbe.of(GuardedJvm.start(program, settings(as), "-Dhttp2=true"))) {
      String token = as.tokens(RESOURCE).valid();
      RawRequest first = RawRequest.of("GET", "/mcp").bearer(token);
      assertEquals(200, RawHttp.await(server.uri(), first, 200).status());
      // Connections of HTTP/2 begin with a request of HTTP/1.1.
      URI mcp = server.uri().resolve("/mcp");
      client.send(
          HttpRequest.newBuilder(mcp).header("Authorization", "Bearer " + token).build(),
          BodyHandlers.ofString());
      CRC32 checksum = new CRC32();
      checksum.update(BODY);
      String expected = BODY.length + " " + checksum.getValue();

      for (HttpClient.Version version :
          List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)) {
        server.clear();
        send(mcp, token, version);
        assertEquals(new String(BODY, US_ASCII), server.seen().get(0).body(), version::name);
        assertEquals(
            expected, send(server.uri().resolve("/listening"), token, version), version::name);
      }
    }
  }

  private String send(URI target, String token, HttpClient.Version version) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .version(version)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(BODY)))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    assertEquals(version, response.version());
    return response.body();
  }

  private static Map<String, String> settings(FakeAuthorizationServer as) {
    return GuardedJvm.settings(
        RESOURCE,
        as,
        "mode",
        "report-only",
        "scopes.tool.delete_file",
        "files:write",
        "max-body-size",
        "1024");
  }
}
