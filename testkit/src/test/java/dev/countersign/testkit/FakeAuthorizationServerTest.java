package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeAuthorizationServerTest {

  private final FakeAuthorizationServer server = FakeAuthorizationServer.start("/tenant");

  @AfterEach
  void stop() {
    server.close();
  }

  private RawResponse get(String path) throws IOException {
    return RawHttp.exchange(URI.create(server.issuer()), RawRequest.of("GET", path));
  }

  @Test
  void servesMetadataAtTheThreePlaces() throws IOException {
    List<String> places =
        List.of(
            "/.well-known/oauth-authorization-server/tenant",
            "/.well-known/openid-configuration/tenant",
            "/tenant/.well-known/openid-configuration");
    for (String place : places) {
      RawResponse response = get(place);

      assertEquals(200, response.status(), place);
      assertEquals(server.issuer(), response.json().get("issuer"), place);
    }
    assertEquals(404, get("/.well-known/oauth-authorization-server").status());
  }

  @Test
  void leadsFromTheMetadataToTheKeys() throws IOException {
    String keys =
        (String) get("/.well-known/oauth-authorization-server/tenant").json().get("jwks_uri");

    RawResponse response = get(URI.create(keys).getPath());

    assertEquals(Map.of("keys", List.of(server.key().jwk())), response.json());
  }

  @Test
  void countsByEndpoint() throws Exception {
    get("/tenant/keys");
    get("/tenant/keys?x=y");
    get("/elsewhere");

    assertEquals(2, server.count(Endpoint.KEYS));
    assertEquals(0, server.count(Endpoint.OAUTH_METADATA));
    assertEquals(3, server.requests().size());
    server.awaitCount(Endpoint.KEYS, 2);
  }

  @Test
  void rotatesTheKeyOfItsTokensToo() throws IOException {
    Tokens tokens = server.tokens("https://mcp.example.com/mcp");
    SigningKey first = server.key();

    SigningKey second = server.rotateKey();

    assertNotEquals(first.kid(), second.kid());
    assertEquals(Map.of("keys", List.of(second.jwk())), get("/tenant/keys").json());
    assertEquals(second, tokens.key());
  }

  @Test
  void refusesConnectionsWhileItIsDownAndComesBackOnTheSamePort() throws IOException {
    String issuer = server.issuer();

    server.goDown();
    assertThrows(ConnectException.class, () -> get("/tenant/keys"));

    server.comeBack();
    assertEquals(issuer, server.issuer());
    assertEquals(200, get("/tenant/keys").status());
  }

  @Test
  void endsOpenConnectionsWhenItGoesDown() throws IOException {
    try (RawHttp connection = RawHttp.connect(URI.create(server.issuer()))) {
      connection.exchange(RawRequest.of("GET", "/tenant/keys"));

      server.goDown();

      assertTrue(connection.isEnded());
    }
  }
}
