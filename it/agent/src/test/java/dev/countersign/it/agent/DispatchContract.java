package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.DpopClient;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a judged request that a servlet dispatches once more. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class DispatchContract {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private final Launch launch;
  private final String reads;
  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private final DpopClient client = new DpopClient();

  /**
   * For the subclass.
   *
   * @param launch how the server is started
   * @param reads whether a user with a scope has a role of that name: {@code true} or {@code false}
   */
  DispatchContract(Launch launch, String reads) {
    this.launch = launch;
    this.reads = reads;
  }

  @AfterEach
  final void stop() {
    authorizationServer.close();
  }

  final RemoteProbe server() throws IOException {
    Map<String, String> settings =
        GuardedJvm.settings(
            RESOURCE, authorizationServer, "public-paths", "/roles", "dpop", "optional");
    return RemoteProbe.of(launch.start(settings));
  }

  final RawRequest with(String scope, String path) {
    String token = authorizationServer.tokens(RESOURCE).mint().scope(scope).text();
    return RawRequest.of("GET", path).bearer(token);
  }

  // A proof is good once, and the token is hidden from the application.
  @Test
  final void K04_N16_isJudgedOnceHoweverItIsDispatched() throws IOException {
    String said = "alice Bearer " + reads + " false alice\n";
    try (RemoteProbe server = server();
        RawHttp connection = RawHttp.connect(server.uri())) {
      // A server that has just started wants a nonce.
      client.learn(connection.exchange(proven("/roles")));
      for (String way : List.of("forward", "async", "error")) {
        assertEquals(said, connection.exchange(proven("/roles/by/" + way)).text(), way);
      }
      for (String way : List.of("include", "both")) {
        assertEquals(said.repeat(3), connection.exchange(proven("/roles/by/" + way)).text(), way);
      }
      RawRequest proven = proven("/roles/by/include");
      assertEquals(200, connection.exchange(proven).status());
      assertEquals(401, connection.exchange(proven).status());
    }
  }

  private RawRequest proven(String path) {
    String token =
        authorizationServer
            .tokens(RESOURCE)
            .mint()
            .scope("mcp:read")
            .claim("cnf", Map.of("jkt", client.thumbprint()))
            .text();
    String proof = client.proof("GET", "https://mcp.example.com" + path, token).text();
    return RawRequest.of("GET", path).with("Authorization", "DPoP " + token).with("DPoP", proof);
  }
}
