package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs between the engines of Ktor when a body is read for a decision, or never. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class KtorBodiesIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"delete_file\","
          + "\"arguments\":{\"text\":\"%s\"}}}";

  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();

  @AfterEach
  void stop() {
    authorizationServer.close();
  }

  private RemoteProbe start(String engine, String version, String... more) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("resource", RESOURCE);
    settings.put("authorization-servers", authorizationServer.issuer());
    settings.put("scopes.tool.delete_file", "files:write");
    settings.put("allow-http-on-loopback", "true");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return RemoteProbe.of(GuardedJvm.start(KtorIT.ktor(engine, version), settings));
  }

  private RawRequest good() {
    String token = authorizationServer.tokens(RESOURCE).mint().scope("files:write").text();
    return RawRequest.of("POST", "/mcp").bearer(token);
  }

  private static String call(int length) {
    return CALL.formatted("\u20ac".repeat(length));
  }

  private static String received(RemoteProbe server) throws IOException {
    byte[] bytes = server.seen().get(0).body().getBytes(StandardCharsets.ISO_8859_1);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  // CIO 3.0 leaves out the empty line behind its 100.
  @ParameterizedTest
  @CsvSource({"netty, 3.0.0", "netty, 3.5.2", "cio, 3.6.1"})
  void S34_T16_letsAClientSendTheBodyThatIsToBeRead(String engine, String version)
      throws Exception {
    byte[] body = call(20).getBytes(StandardCharsets.UTF_8);
    try (RemoteProbe server = start(engine, version);
        RawHttp connection = RawHttp.connect(server.uri())) {
      RawRequest request =
          good()
              .with("Content-Type", "application/json")
              .with("Content-Length", Integer.toString(body.length))
              .with("Expect", "100-continue");
      connection.send(request.bytes());
      assertTrue(connection.readUntil("\r\n\r\n").contains("100 Continue"));

      connection.send(body);

      RawResponse response = connection.receive();
      assertEquals(200, response.status());
      assertEquals(List.of(), response.interim());
      assertEquals(call(20), received(server));
      assertEquals(200, connection.exchange(good().json(call(1))).status());
    }
  }

  @ParameterizedTest
  @CsvSource({"netty, 3.0.0", "netty, 3.5.2", "cio, 3.0.1", "cio, 3.6.1"})
  void T16_handsABodyOnThatIsLongerThanWhatIsReadOfIt(String engine, String version)
      throws Exception {
    try (RemoteProbe server =
            start(engine, version, "mode", "report-only", "max-body-size", "1024");
        RawHttp connection = RawHttp.connect(server.uri())) {
      // Of a length that nobody has told, so that it is read up to the limit.
      RawRequest chunked = good().with("Content-Type", "application/json").chunked(call(100_000));
      assertEquals(200, connection.exchange(chunked).status());
      assertEquals(call(100_000), received(server));
      assertEquals(200, connection.exchange(good().json(call(1))).status());
    }
  }

  @ParameterizedTest
  @CsvSource({"netty, 3.0.0", "netty, 3.5.2", "cio, 3.0.1", "cio, 3.6.1"})
  void S14_readsOnBehindABodyThatNobodyWanted(String engine, String version) throws Exception {
    try (RemoteProbe server = start(engine, version);
        RawHttp connection = RawHttp.connect(server.uri())) {
      for (int i = 0; i < 3; i++) {
        // More than what Ktor keeps of a body until somebody reads it.
        RawRequest request = RawRequest.of("POST", "/mcp").json(call(1_000_000));
        assertEquals(401, connection.exchange(request).status());
      }
      assertEquals(0, server.invocations());
      assertEquals(200, connection.exchange(good().json(call(1))).status());
    }
  }

  @ParameterizedTest
  @CsvSource({"netty, 3.0.0", "netty, 3.5.2", "cio, 3.0.1", "cio, 3.6.1"})
  void K01_doesNotShutDownWithoutAToken(String engine, String version) throws Exception {
    try (RemoteProbe server = start(engine, version)) {
      assertEquals(401, RawHttp.exchange(server.uri(), RawRequest.of("GET", "/shutdown")).status());
      assertEquals(200, RawHttp.exchange(server.uri(), good().json(call(1))).status());

      RawRequest admitted = good().requestLine("GET /shutdown HTTP/1.1").without("Content-Length");
      assertEquals(410, RawHttp.exchange(server.uri(), admitted).status());
    }
  }
}
