package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions of Jetty below the floor of the contract, which give no body back. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JettyBodiesIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String DOCUMENT = "/.well-known/oauth-protected-resource/mcp";
  private static final String CALL =
      """
      {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete_file"}}\
      """;

  @ParameterizedTest
  @CsvSource({"10.0.0, javax.servlet", "11.0.0, jakarta.servlet"})
  void K01_K09_refusesWhatARuleWouldHaveToRead(String version, String servlets) throws Exception {
    ServerProgram program = Jetty9IT.jetty(version, servlets);
    try (FakeAuthorizationServer as = FakeAuthorizationServer.start();
        RemoteProbe server = RemoteProbe.of(GuardedJvm.start(program, settings(as, "enforce")));
        RawHttp connection = RawHttp.connect(server.uri())) {
      String token = as.tokens(RESOURCE).mint().scope("files:write").text();
      RawRequest call = RawRequest.of("POST", "/mcp").json(CALL);
      RawRequest get = RawRequest.of("GET", "/mcp");

      RawResponse refused = RawHttp.exchange(server.uri(), call.bearer(token));
      assertEquals(503, refused.status(), refused::toString);
      assertEquals(401, RawHttp.exchange(server.uri(), call).status());
      assertEquals(401, connection.exchange(get).status());
      assertEquals(0, server.invocations());
      assertEquals(
          RESOURCE, connection.exchange(RawRequest.of("GET", DOCUMENT)).json().get("resource"));
      assertEquals(200, connection.exchange(get.bearer(token)).status());
      assertEquals("alice", server.seen().get(0).user().orElse(""));
      Matrix.shows(Sight.ENFORCES_BASICS, Sight.TELLS_USER);
    }
  }

  @ParameterizedTest
  @CsvSource({"10.0.0, javax.servlet", "11.0.0, jakarta.servlet"})
  void K09_leavesTheBodyWholeWhereItOnlyReports(String version, String servlets) throws Exception {
    ServerProgram program = Jetty9IT.jetty(version, servlets);
    try (FakeAuthorizationServer as = FakeAuthorizationServer.start();
        RemoteProbe server =
            RemoteProbe.of(GuardedJvm.start(program, settings(as, "report-only")))) {
      RawRequest call = RawRequest.of("POST", "/mcp").json(CALL);
      String token = as.tokens(RESOURCE).mint().scope("files:write").text();

      assertEquals(200, RawHttp.exchange(server.uri(), call.bearer(token)).status());
      assertEquals(CALL, server.seen().get(0).body());
    }
  }

  private static Map<String, String> settings(FakeAuthorizationServer as, String mode) {
    return GuardedJvm.settings(
        RESOURCE, as, "mode", mode, "scopes.tool.delete_file", "files:write");
  }
}
