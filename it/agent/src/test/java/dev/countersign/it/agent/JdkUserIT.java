package dev.countersign.it.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The user on the JDK's HttpServer, whose attributes belong to a context and not to a request. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JdkUserIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  @Test
  void N16_tellsTheUserAndTheClaimsToOneExchangeOnly() throws Exception {
    ServerProgram program = new ServerProgram("jdk-login/LoginServer", List.of(), "");
    try (FakeAuthorizationServer as = FakeAuthorizationServer.start();
        RemoteProbe server = RemoteProbe.of(GuardedJvm.start(program, settings(as, "enforce")))) {
      RawRequest request = RawRequest.of("GET", "/mcp").bearer(as.tokens(RESOURCE).valid());

      assertEquals("alice alice null", RawHttp.await(server.uri(), request, 200).text());
      // It has no context for these.
      assertEquals(
          RESOURCE,
          RawHttp.exchange(
                  server.uri(), RawRequest.of("GET", "/.well-known/oauth-protected-resource/mcp"))
              .json()
              .get("resource"));
      RawRequest other = RawRequest.of("GET", "/other");
      assertEquals(401, RawHttp.exchange(server.uri(), other).status());
      assertEquals(
          404, RawHttp.exchange(server.uri(), other.bearer(as.tokens(RESOURCE).valid())).status());
      // The application's own login goes on, and does not fail over an exchange of ours.
      RawResponse own =
          RawHttp.exchange(
              server.uri(), RawRequest.of("GET", "/login").bearer(as.tokens(RESOURCE).valid()));
      assertEquals(401, own.status(), own::toString);
    }
  }

  @Test
  void N16_Z03_tellsTheClaimsBehindALoginOfTheApplication() throws Exception {
    ServerProgram program = new ServerProgram("jdk-login/LoginServer", List.of(), "");
    try (FakeAuthorizationServer as = FakeAuthorizationServer.start();
        RemoteProbe server = RemoteProbe.of(GuardedJvm.start(program, settings(as, "enforce")))) {
      RawRequest request = RawRequest.of("GET", "/cookie").with("Cookie", "bob");
      RawRequest alice = request.bearer(as.tokens(RESOURCE).valid());

      assertEquals("bob alice null", RawHttp.await(server.uri(), alice, 200).text());
      assertEquals(401, RawHttp.exchange(server.uri(), request).status());
      assertEquals(
          403,
          RawHttp.exchange(
                  server.uri(), RawRequest.of("GET", "/cookie").bearer(as.tokens(RESOURCE).valid()))
              .status());
    }
  }

  @Test
  void leavesTheLoginOfTheApplicationAlone() throws Exception {
    ServerProgram program = new ServerProgram("jdk-login/LoginServer", List.of(), "");
    try (FakeAuthorizationServer as = FakeAuthorizationServer.start();
        RemoteProbe server =
            RemoteProbe.of(GuardedJvm.start(program, settings(as, "report-only")))) {
      RawRequest request = RawRequest.of("GET", "/login").with("Authorization", "Basic Ym9iOng=");

      assertEquals("bob  null!", RawHttp.exchange(server.uri(), request).text());
    }
  }

  @Test
  void makesRoomForARootThatComesLate() throws Exception {
    ServerProgram program = new ServerProgram("jdk-login/LoginServer", List.of(), "");
    try (FakeAuthorizationServer as = FakeAuthorizationServer.start();
        RemoteProbe server =
            RemoteProbe.of(GuardedJvm.start(program, settings(as, "enforce"), "-Dlate=true"))) {
      RawRequest request = RawRequest.of("GET", "/other").bearer(as.tokens(RESOURCE).valid());

      assertEquals("alice alice null", RawHttp.await(server.uri(), request, 200).text());
    }
  }

  @Test
  void U12_MC27_filtersListsWhereTheApplicationWrapsTheOutputBeforeItsLogin() throws Exception {
    ServerProgram program = new ServerProgram("jdk-login/LoginServer", List.of(), "");
    try (FakeAuthorizationServer as = FakeAuthorizationServer.start();
        RemoteProbe server = RemoteProbe.of(GuardedJvm.start(program, lists(as)))) {
      RawRequest request =
          RawRequest.of("POST", "/wrapped")
              .with("Cookie", "bob")
              .json("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
      String writer = as.tokens(RESOURCE).mint().scope("files:write").text();
      String tools = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[%s]}}";

      assertEquals(
          tools.formatted("{\"name\":\"delete_file\"}"),
          RawHttp.await(server.uri(), request.bearer(writer), 200).text());
      assertEquals(
          tools.formatted(""),
          RawHttp.exchange(server.uri(), request.bearer(as.tokens(RESOURCE).valid())).text());
    }
  }

  @Test
  void MC26_countsNoStreamThatWasClosedOverABrokenBody() throws Exception {
    ServerProgram program = new ServerProgram("jdk-login/LoginServer", List.of(), "");
    try (FakeAuthorizationServer as = FakeAuthorizationServer.start();
        RemoteProbe server =
            RemoteProbe.of(
                GuardedJvm.start(
                    program,
                    GuardedJvm.settings(RESOURCE, as, "max-streams-per-principal", "1")))) {
      RawRequest request =
          RawRequest.of("GET", "/stream")
              .with("Accept", "text/event-stream")
              .bearer(as.tokens(RESOURCE).valid());
      RawRequest broken =
          request.with("Transfer-Encoding", "chunked").content("no chunk\r\n".getBytes(UTF_8));

      assertEquals(200, RawHttp.await(server.uri(), request, 200).status());
      try (RawHttp connection = RawHttp.connect(server.uri())) {
        connection.send(broken.bytes());
        assertEquals(200, connection.receiveHead().status());
      }

      assertEquals(200, RawHttp.await(server.uri(), request, 200).status());
    }
  }

  private static Map<String, String> lists(FakeAuthorizationServer as) {
    return GuardedJvm.settings(
        RESOURCE, as, "filter-lists", "true", "scopes.tool.delete_file", "files:write");
  }

  private static Map<String, String> settings(FakeAuthorizationServer as, String mode) {
    return GuardedJvm.settings(RESOURCE, as, "mode", mode);
  }
}
