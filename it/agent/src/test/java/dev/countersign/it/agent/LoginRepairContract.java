package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Repair mode on an application that takes tokens by a library of others, at {@code /mcp} and
 * {@code /open}; challenges of the latter are left alone, which shows what the library writes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class LoginRepairContract {

  static final String OPEN = "/open";

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String CHALLENGE = "WWW-Authenticate";
  private static final String METADATA =
      "resource_metadata=\"https://mcp.example.com/.well-known/oauth-protected-resource/mcp\"";

  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private RemoteProbe server;

  /** Starts the application, which trusts this issuer. */
  abstract Process start(Map<String, String> settings, String issuer) throws IOException;

  /** What the library writes on a 401 where no token was sent. */
  abstract List<String> own();

  /** A request of the application's, for 200 with a token. */
  RawRequest request(String path) {
    return RawRequest.of("GET", path);
  }

  @BeforeAll
  void start() throws IOException {
    Map<String, String> settings =
        GuardedJvm.settings(
            RESOURCE,
            authorizationServer,
            "mode",
            "repair",
            "required-scopes",
            "mcp:read",
            "public-paths",
            OPEN);
    server = RemoteProbe.of(start(settings, authorizationServer.issuer()));
    Matrix.shows(Sight.REPAIRS);
  }

  @AfterAll
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
    authorizationServer.close();
  }

  private RawResponse send(RawRequest request) throws IOException {
    return RawHttp.exchange(server.uri(), request);
  }

  final List<String> challenges(RawRequest request) throws IOException {
    RawResponse refused = send(request);
    assertEquals(401, refused.status(), refused::toString);
    return refused.values(CHALLENGE);
  }

  @Test
  void C30_completesTheChallengeOfTheLibrary() throws IOException {
    assertEquals(own(), challenges(request(OPEN)));

    assertEquals(List.of("Bearer scope=\"mcp:read\", " + METADATA), challenges(request("/mcp")));
  }

  @Test
  void C30_S07_completesTheChallengeForABadToken() throws IOException {
    List<String> challenges = challenges(request("/mcp").bearer("a.b.c"));

    assertEquals(1, challenges.size(), challenges::toString);
    String begin = "Bearer error=\"invalid_token\", scope=\"mcp:read\", " + METADATA;
    assertTrue(challenges.get(0).startsWith(begin), challenges::toString);
  }

  // Spring Security wants this type, where the others want none.
  @Test
  void leavesAnAdmittedRequestToTheApplication() throws IOException {
    String token = authorizationServer.tokens(RESOURCE).mint().header("typ", "JWT").text();

    RawResponse admitted = send(request("/mcp").bearer(token));

    assertEquals(200, admitted.status(), admitted::toString);
    assertEquals(List.of(), admitted.values(CHALLENGE));
  }

  @Test
  void M01_servesTheDocument() throws IOException {
    RawResponse document = send(RawRequest.of("GET", "/.well-known/oauth-protected-resource/mcp"));

    assertEquals(RESOURCE, document.json().get("resource"));
  }
}
