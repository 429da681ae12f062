package dev.countersign.token;

import java.util.List;
import java.util.Optional;

/** Whether a token is for the resource (RFC 9068 section 4, RFC 8707 section 2). */
final class AudienceRule {

  private AudienceRule() {}

  static boolean isFor(ClaimRules.Case one) {
    List<String> audience = one.claims().texts("aud");
    return one.issuer().exclusiveAudience()
        ? !audience.isEmpty() && audience.stream().allMatch(value -> names(value, one))
        : audience.stream().anyMatch(value -> names(value, one));
  }

  private static boolean names(String value, ClaimRules.Case one) {
    boolean ours =
        one.resource().isNamedBy(value) || one.issuer().audienceAliases().contains(value);
    // A token for the client itself is an ID token (RFC 9068 section 5), even if the client has our
    // name.
    return ours && !isClient(value, one.claims());
  }

  private static boolean isClient(String value, Claims claims) {
    Optional<String> own = Optional.of(value);
    return claims.text("client_id").equals(own) || claims.text("azp").equals(own);
  }
}
