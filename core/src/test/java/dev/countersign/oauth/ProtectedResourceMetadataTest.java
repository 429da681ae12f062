package dev.countersign.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectedResourceMetadataTest {

  private static final ProtectedResourceMetadata FULL =
      ProtectedResourceMetadata.builder(
              ResourceIdentifier.parse("https://mcp.example.com/mcp"),
              List.of("https://as.example.com"))
          .scopesSupported(Scope.of("mcp:read"))
          .resourceName("Example \"tools\" \u2603")
          .text("resource_name", "de-AT", "Beispielwerkzeuge")
          .jwksUri("https://mcp.example.com/keys")
          .resourceSigningAlgValuesSupported(List.of("ES256"))
          .authorizationDetailsTypesSupported(List.of("t"))
          .dpopSigningAlgValuesSupported(List.of("ES256"))
          .dpopBoundAccessTokensRequired()
          .extension("x", Map.of("a", List.of(1, "b")))
          .build();

  @Test
  void M17_parsesWhatItPrints() {
    assertEquals(FULL, ProtectedResourceMetadata.parse(FULL.toJson()));
    assertEquals(FULL.hashCode(), ProtectedResourceMetadata.parse(FULL.toJson()).hashCode());
    assertEquals(FULL.toJson(), ProtectedResourceMetadata.parse(FULL.toJson()).toJson());
    assertEquals(FULL.toJson(), FULL.toString());
  }

  @Test
  void M17_comparesTheResourceAfterUnescaping() {
    ProtectedResourceMetadata parsed =
        ProtectedResourceMetadata.parse("{\"resource\":\"https:\\u002f\\/h\\u002fmcp\"}");

    assertEquals("https://h/mcp", parsed.resource());
  }

  @Test
  void readsItsMembers() {
    assertEquals("https://mcp.example.com/mcp", FULL.resource());
    assertEquals(List.of("https://as.example.com"), FULL.authorizationServers());
    assertEquals(List.of("mcp:read"), FULL.scopesSupported());
    assertEquals(List.of("header"), FULL.bearerMethodsSupported());
    assertEquals(Optional.of("Beispielwerkzeuge"), FULL.text("resource_name", "DE-at"));
    assertEquals(Optional.empty(), FULL.text("resource_name", "de"));
    assertEquals(Optional.of("Example \"tools\" \u2603"), FULL.text("resource_name", ""));
  }

  @Test
  void isEmptyWhereAMemberIsAbsent() {
    ProtectedResourceMetadata parsed = ProtectedResourceMetadata.parse("{\"resource\":\"r\"}");

    assertEquals(List.of(), parsed.authorizationServers());
    assertEquals(List.of(), parsed.scopesSupported());
    assertEquals(List.of(), parsed.bearerMethodsSupported());
    assertEquals(Optional.empty(), parsed.text("resource_name", ""));
    assertNotEquals(FULL, parsed);
  }

  @Test
  void M28_refusesARepeatedMember() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ProtectedResourceMetadata.parse("{\"resource\":\"a\",\"resource\":\"a\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "\"x\"",
        "{",
        "{}",
        "{\"resource\":null}",
        "{\"resource\":1}",
        "{\"resource\":[\"a\"]}",
        "{\"resource\":\"a\"} x",
        "\uFEFF{\"resource\":\"a\"}",
        "{\"resource\":\"a\",\"authorization_servers\":\"b\"}",
        "{\"resource\":\"a\",\"authorization_servers\":[1]}",
        "{\"resource\":\"a\",\"authorization_servers\":null}",
        "{\"resource\":\"a\",\"scopes_supported\":{}}",
        "{\"resource\":\"a\",\"jwks_uri\":null}",
        "{\"resource\":\"a\",\"resource_name\":1}",
        "{\"resource\":\"a\",\"resource_name#de\":1}",
        "{\"resource\":\"a\",\"dpop_bound_access_tokens_required\":\"true\"}"
      })
  void M14_M27_refusesWhatIsNoDocument(String json) {
    assertThrows(IllegalArgumentException.class, () -> ProtectedResourceMetadata.parse(json));
  }

  @Test
  void saysEveryFault() {
    String json = "{\"scopes_supported\":\"a\",\"jwks_uri\":null}";

    String message =
        assertThrows(IllegalArgumentException.class, () -> ProtectedResourceMetadata.parse(json))
            .getMessage();

    assertEquals(
        "resource is missing; scopes_supported must be an array of strings; jwks_uri must be a"
            + " string",
        message);
    assertFalse(message.contains("null"));
  }
}
