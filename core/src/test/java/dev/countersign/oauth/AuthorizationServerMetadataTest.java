package dev.countersign.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationServerMetadataTest {

  private static final String FULL =
      """
      {"issuer":"https://id.example/tenant","authorization_endpoint":"https://id.example/authorize",
       "token_endpoint":"https://id.example/token","jwks_uri":"https://id.example/jwks",
       "registration_endpoint":"https://id.example/register","scopes_supported":["a","b"],
       "introspection_endpoint":"https://id.example/introspect","response_types_supported":["code"],
       "code_challenge_methods_supported":["S256"],"protected_resources":["https://mcp.example.com/mcp"],
       "client_id_metadata_document_supported":true,"x_extension":{"deep":[1,{"er":null}]}}""";

  private static AuthorizationServerMetadata parse(String json) {
    return AuthorizationServerMetadata.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String json) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> parse(json)).getMessage());
  }

  @Test
  void readsTheMembersThatMatter() {
    AuthorizationServerMetadata metadata = parse(FULL);

    assertEquals("https://id.example/tenant", metadata.issuer());
    assertEquals(Optional.of("https://id.example/authorize"), metadata.authorizationEndpoint());
    assertEquals(Optional.of("https://id.example/token"), metadata.tokenEndpoint());
    assertEquals(Optional.of("https://id.example/jwks"), metadata.jwksUri());
    assertEquals(Optional.of("https://id.example/register"), metadata.registrationEndpoint());
    assertEquals(Optional.of("https://id.example/introspect"), metadata.introspectionEndpoint());
    assertEquals(List.of("a", "b"), metadata.scopesSupported());
    assertEquals(List.of("S256"), metadata.codeChallengeMethodsSupported());
    assertEquals(List.of("https://mcp.example.com/mcp"), metadata.protectedResources());
    assertTrue(metadata.clientIdMetadataDocumentSupported());
  }

  @Test
  void aMemberThatIsNotThereIsEmpty() {
    AuthorizationServerMetadata metadata = parse("{\"issuer\":\"https://id.example\"}");

    assertEquals(Optional.empty(), metadata.jwksUri());
    assertEquals(Optional.empty(), metadata.introspectionEndpoint());
    assertEquals(List.of(), metadata.scopesSupported());
    assertFalse(metadata.clientIdMetadataDocumentSupported());
  }

  @Test
  void keepsExtensionsAndOrder() {
    assertEquals(FULL.replace("\n ", ""), parse(FULL).toJson());
    assertEquals(parse(FULL), parse(parse(FULL).toJson()));
  }

  @Test
  void isUnmodifiable() {
    Map<String, Object> members = parse(FULL).members();

    assertThrows(UnsupportedOperationException.class, () -> members.put("a", "b"));
  }

  @Test
  void O02_J26_comparesTheIssuerByteForByte() {
    AuthorizationServerMetadata metadata = parse(FULL);

    assertTrue(metadata.isOf("https://id.example/tenant"));
    for (String other :
        List.of(
            "https://id.example/tenant/",
            "https://ID.example/tenant",
            "https://id.example:443/tenant",
            "https://id.example/Tenant",
            "https://id.example/ten%61nt",
            "https://id.example",
            "")) {
      assertFalse(metadata.isOf(other), other);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"issuer\":1",
        "\"issuer\":null",
        "\"issuer\":[\"https://id.example\"]",
        "\"issuer\":\"i\",\"jwks_uri\":1",
        "\"issuer\":\"i\",\"jwks_uri\":null",
        "\"issuer\":\"i\",\"token_endpoint\":{}",
        "\"issuer\":\"i\",\"introspection_endpoint\":[]",
        "\"issuer\":\"i\",\"scopes_supported\":\"a b\"",
        "\"issuer\":\"i\",\"scopes_supported\":[1]",
        "\"issuer\":\"i\",\"protected_resources\":null",
        "\"issuer\":\"i\",\"code_challenge_methods_supported\":{}",
        "\"issuer\":\"i\",\"client_id_metadata_document_supported\":\"true\"",
        "\"jwks_uri\":\"x\"",
        ""
      })
  void KS29_refusesMembersOfTheWrongType(String members) {
    refusal("{" + members + "}");
  }

  @Test
  void KS29_refusesWhatIsNoStrictJsonAndSaysNothingOfIt() {
    for (String wrong :
        List.of(
            "canary",
            "[]",
            "{\"issuer\":\"canary\",\"issuer\":\"canary\"}",
            "{\"issuer\":\"canary\"} x",
            "{\"issuer\":\"canary\",\"jwks_uri\":[\"canary\"]}",
            "<html>canary")) {
      assertFalse(refusal(wrong).contains("canary"), wrong);
    }
    refusal("{\"issuer\":\"" + "x".repeat(200_000) + "\"}");
    assertEquals(
        "jwks_uri must be a string (RFC 8414 section 2)",
        refusal("{\"issuer\":\"i\",\"jwks_uri\":1}"));
  }

  private record Vector(String issuer, List<String> locations) {}

  static Stream<Vector> vectors() {
    return Stream.of(
        new Vector(
            "https://id.example",
            List.of(
                "https://id.example/.well-known/oauth-authorization-server",
                "https://id.example/.well-known/openid-configuration")),
        new Vector(
            "https://id.example/",
            List.of(
                "https://id.example/.well-known/oauth-authorization-server",
                "https://id.example/.well-known/openid-configuration")),
        new Vector(
            "https://id.example/tenant1",
            List.of(
                "https://id.example/.well-known/oauth-authorization-server/tenant1",
                "https://id.example/.well-known/openid-configuration/tenant1",
                "https://id.example/tenant1/.well-known/openid-configuration")),
        new Vector(
            "https://id.example/tenant1/",
            List.of(
                "https://id.example/.well-known/oauth-authorization-server/tenant1",
                "https://id.example/.well-known/openid-configuration/tenant1",
                "https://id.example/tenant1/.well-known/openid-configuration")),
        new Vector(
            "https://ID.example:8443/realms/a%2Fb/v2.0",
            List.of(
                "https://ID.example:8443/.well-known/oauth-authorization-server/realms/a%2Fb/v2.0",
                "https://ID.example:8443/.well-known/openid-configuration/realms/a%2Fb/v2.0",
                "https://ID.example:8443/realms/a%2Fb/v2.0/.well-known/openid-configuration")),
        new Vector(
            "http://[::1]:9000/x",
            List.of(
                "http://[::1]:9000/.well-known/oauth-authorization-server/x",
                "http://[::1]:9000/.well-known/openid-configuration/x",
                "http://[::1]:9000/x/.well-known/openid-configuration")));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void O01_KS28_looksInTheOrderOfTheSpecification(Vector vector) {
    assertEquals(
        vector.locations().stream().map(URI::create).toList(),
        AuthorizationServerMetadata.locations(vector.issuer()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "id.example", "https://id.example?q", "https://id.example#f", "mailto:a@b"})
  void refusesToLookForWhatIsNoIssuer(String issuer) {
    assertThrows(
        IllegalArgumentException.class, () -> AuthorizationServerMetadata.locations(issuer));
  }
}
