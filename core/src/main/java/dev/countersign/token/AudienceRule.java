package dev.countersign.token;

/** Whether a token is for the resource (RFC 9068 section 4, RFC 8707 section 2). */
final class AudienceRule {

  private AudienceRule() {}

  static boolean isFor(ClaimRules.Case one) {
    boolean ours = false;
    for (String value : one.claims().texts("aud")) {
      boolean named = names(value, one);
      if (!named && one.issuer().exclusiveAudience()) {
        return false;
      }
      ours |= named;
    }
    return ours;
  }

  private static boolean names(String value, ClaimRules.Case one) {
    return isOurs(value, one) && !isClient(value, one.claims());
  }

  private static boolean isOurs(String value, ClaimRules.Case one) {
    // The usual spelling costs nothing.
    return value.equals(one.resource().toString())
        || one.resource().isNamedBy(value)
        || one.issuer().audienceAliases().contains(value);
  }

  // A token for the client itself is an ID token (RFC 9068 section 5), even if the client has our
  // name.
  private static boolean isClient(String value, Claims claims) {
    return value.equals(claims.value("client_id")) || value.equals(claims.value("azp"));
  }
}
