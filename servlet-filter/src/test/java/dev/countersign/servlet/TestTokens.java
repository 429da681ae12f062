package dev.countersign.servlet;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Validated tokens that nobody issued. */
final class TestTokens {

  private TestTokens() {}

  static AccessToken of(String issuer, String subject, String client) {
    return new AccessToken(
        issuer,
        subject,
        Optional.of(client),
        List.of("https://mcp.example/mcp"),
        Scope.of("mcp:read", "admin"),
        Instant.MAX,
        Map.of());
  }

  static AccessToken alice() {
    return of("https://id.example", "alice", "client");
  }
}
