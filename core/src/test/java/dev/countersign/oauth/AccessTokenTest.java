package dev.countersign.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessTokenTest {

  private static AccessToken token(String subject, Optional<String> clientId) {
    return new AccessToken(
        "https://id.example",
        subject,
        clientId,
        List.of("https://mcp.example/mcp"),
        Scope.of("mcp:read"),
        Instant.EPOCH,
        Map.of("sub", subject, "email", "marker@example.com"));
  }

  @Test
  void J45_tellsAClientThatActsForItselfFromAUser() {
    assertTrue(token("client-1", Optional.of("client-1")).isClientItself());
    assertFalse(token("user-1", Optional.of("client-1")).isClientItself());
    assertFalse(token("user-1", Optional.empty()).isClientItself());
  }

  @Test
  void T21_LG17_printsNoClaimAndHasNoWayToTheText() {
    AccessToken token = token("marker-subject", Optional.of("marker-client"));

    assertEquals("AccessToken[issuer=https://id.example, 2 claims]", token.toString());
    assertFalse(new Decision.Granted(token).toString().contains("marker"));
    assertEquals(
        List.of("issuer", "subject", "clientId", "audience", "scope", "expiresAt", "claims"),
        Arrays.stream(AccessToken.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList());
    assertFalse(java.io.Serializable.class.isAssignableFrom(AccessToken.class));
  }

  @Test
  void CA13_cannotBeChangedFromOutside() {
    List<String> audience = new ArrayList<>(List.of("a"));
    Map<String, Object> claims = new HashMap<>(Map.of("a", "b"));
    AccessToken token =
        new AccessToken("i", "s", Optional.empty(), audience, Scope.NONE, Instant.EPOCH, claims);

    audience.add("b");
    claims.put("c", "d");

    assertEquals(List.of("a"), token.audience());
    assertEquals(Map.of("a", "b"), token.claims());
    assertThrows(UnsupportedOperationException.class, () -> token.audience().add("b"));
    assertThrows(UnsupportedOperationException.class, () -> token.claims().put("c", "d"));
    assertThrows(UnsupportedOperationException.class, () -> token.scope().tokens().add("c"));
  }

  @Test
  void aDenialWithoutAScopeNamesNone() {
    assertEquals(
        new Decision.Denied(Denial.POLICY, Scope.NONE, "why"),
        new Decision.Denied(Denial.POLICY, "why"));
  }
}
