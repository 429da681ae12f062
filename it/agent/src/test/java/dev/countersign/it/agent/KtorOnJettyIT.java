package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.DpopClient;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ktor on the server of another line: each of the two has a hook, and one of them judges. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class KtorOnJettyIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String DOCUMENT = "/.well-known/oauth-protected-resource/mcp";

  // The newest that is to be had: with Jetty 11.
  private static final ServerProgram PROGRAM = KtorIT.ktor("jetty-jakarta", "3.0.3");

  private final DpopClient client = new DpopClient();

  @Test
  void K01_K04_isJudgedOnce() throws IOException {
    try (FakeAuthorizationServer as = FakeAuthorizationServer.start();
        RemoteProbe server = start(as);
        RawHttp connection = RawHttp.connect(server.uri())) {
      RawRequest bare = RawRequest.of("POST", "/mcp").json("{}");
      assertEquals(401, connection.exchange(bare).status());
      assertEquals(
          RESOURCE, connection.exchange(RawRequest.of("GET", DOCUMENT)).json().get("resource"));
      assertEquals(0, server.invocations());
      // A server that has just started wants a nonce.
      client.learn(connection.exchange(proven(bare, as)));
      server.clear();

      // A proof is good once.
      RawRequest proven = proven(bare, as);
      assertEquals(200, connection.exchange(proven).status());
      assertEquals(401, connection.exchange(proven).status());
      RawRequest good = bare.bearer(as.tokens(RESOURCE).valid());
      assertEquals(200, connection.exchange(good).status());
      assertEquals(2, server.invocations());
      assertEquals("alice", server.seen().get(1).user().orElse(""));
      Matrix.shows(Sight.ENFORCES_BASICS, Sight.TELLS_USER);
    }
  }

  private static RemoteProbe start(FakeAuthorizationServer as) throws IOException {
    Map<String, String> settings = GuardedJvm.settings(RESOURCE, as, "dpop", "optional");
    return RemoteProbe.of(GuardedJvm.start(PROGRAM, settings));
  }

  private RawRequest proven(RawRequest request, FakeAuthorizationServer as) {
    String token =
        as.tokens(RESOURCE).mint().claim("cnf", Map.of("jkt", client.thumbprint())).text();
    return request
        .with("Authorization", "DPoP " + token)
        .with("DPoP", client.proof("POST", RESOURCE, token).text());
  }
}
