package dev.countersign.token;

import dev.countersign.internal.Json;
import java.util.List;

/**
 * Tells ID tokens by what only they have (RFC 8725 section 3.12, OpenID Connect Core section 2).
 */
final class IdTokenRule {

  static final List<String> ONLY_THERE = List.of("nonce", "at_hash", "c_hash", "s_hash");

  private IdTokenRule() {}

  static boolean isIdToken(Claims claims) {
    // Some issuers say what a token is in a claim: token_use (Cognito), typ (Keycloak).
    Object use = claims.value("token_use");
    Object type = claims.value("typ");
    return ClaimRules.hasAny(claims, ONLY_THERE)
        || (!use.equals(Json.NULL) && !"access".equals(use))
        || "ID".equals(type)
        || "Refresh".equals(type);
  }
}
