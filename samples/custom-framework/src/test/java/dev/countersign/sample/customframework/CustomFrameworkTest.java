package dev.countersign.sample.customframework;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.BearerChallenge;
import dev.countersign.http.Challenges;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is special about the sample; the whole contract runs against it in {@code
 * it/jdk-httpserver}.
 */
class CustomFrameworkTest {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private ResourceServer engine;
  private HttpServer server;
  private URI uri;

  @BeforeEach
  void start() throws IOException {
    engine =
        ResourceServer.create(
            ResourceServerConfig.builder(RESOURCE)
                .authorizationServer(authorizationServer.issuer())
                .allowHttpOnLoopback()
                .build());
    server = CustomFramework.start(0, engine);
    uri = URI.create("http://localhost:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
    engine.close();
    authorizationServer.close();
  }

  @Test
  void challengesWhoHasNoToken() throws IOException {
    assertEquals(401, RawHttp.exchange(uri, RawRequest.of("GET", "/mcp")).status());
  }

  @Test
  void greetsTheSubjectOfTheToken() throws IOException {
    String token = authorizationServer.tokens(RESOURCE).mint().subject("ada").text();

    RawResponse response = RawHttp.await(uri, RawRequest.of("GET", "/mcp").bearer(token), 200);

    assertEquals("hello ada", response.text());
  }

  @Test
  void asksForMoreScopeWithAChallengeOfItsOwn() throws IOException {
    String token = authorizationServer.tokens(RESOURCE).mint().scope("notes:read").text();

    RawResponse response = RawHttp.await(uri, RawRequest.of("PUT", "/mcp").bearer(token), 403);

    BearerChallenge challenge =
        BearerChallenge.from(Challenges.parse(response.values("WWW-Authenticate")).get(0));
    assertEquals(Set.of("notes:write"), challenge.scope());
    assertEquals("insufficient_scope", challenge.error().orElseThrow());
  }
}
