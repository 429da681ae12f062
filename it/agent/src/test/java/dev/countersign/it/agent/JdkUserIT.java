package dev.countersign.it.agent;

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

  private static Map<String, String> settings(FakeAuthorizationServer as, String mode) {
    return GuardedJvm.settings(RESOURCE, as, "mode", mode);
  }
}
