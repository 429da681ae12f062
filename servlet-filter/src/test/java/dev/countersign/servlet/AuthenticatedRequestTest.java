package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.AccessToken;
import java.security.Principal;
import org.junit.jupiter.api.Test;

class AuthenticatedRequestTest {

  private static AuthenticatedRequest of(AccessToken token) {
    return new AuthenticatedRequest(FakeRequest.of("POST", "/mcp").proxy(), token);
  }

  private static Principal principal(String issuer, String subject, String client) {
    return of(TestTokens.of(issuer, subject, client)).getUserPrincipal();
  }

  @Test
  void N16_H34_showsTheSubjectAndTheScopes() {
    AuthenticatedRequest request = of(TestTokens.alice());

    assertEquals("alice", request.getUserPrincipal().getName());
    assertEquals("alice", request.getRemoteUser());
    assertEquals("Bearer", request.getAuthType());
    assertTrue(request.isUserInRole("mcp:read"));
    assertFalse(request.isUserInRole("mcp:write"));
    assertFalse(request.isUserInRole("mcp:read admin"));
    assertFalse(request.isUserInRole(""));
  }

  @Test
  void N07_aPrincipalIsIssuerSubjectAndClientTogether() {
    Principal principal = principal("https://a.example", "alice", "c");

    assertEquals(principal, principal("https://a.example", "alice", "c"));
    assertEquals(principal.hashCode(), principal("https://a.example", "alice", "c").hashCode());
    assertNotEquals(principal, principal("https://b.example", "alice", "c"));
    assertNotEquals(principal, principal("https://a.example", "bob", "c"));
    assertNotEquals(principal, principal("https://a.example", "alice", "d"));
  }

  @Test
  void T21_LG17_printsNoClaim() {
    assertEquals("Subject[not shown]", of(TestTokens.alice()).getUserPrincipal().toString());
  }
}
