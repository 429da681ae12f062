package dev.countersign.token;

import dev.countersign.internal.Json;
import dev.countersign.oauth.Decision.Denied;
import dev.countersign.oauth.Denial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * What the JOSE header of an access token must not be (RFC 7515 section 4, RFC 8725 section 3).
 * Nothing in a header names a key, a URL or an issuer that would be trusted.
 */
final class HeaderRules {

  static final Json.Limits LIMITS = new Json.Limits(4096, 8, 512, 64);

  private static final int MAX_KEY_ID = 256;
  private static final List<String> SECRET = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  /** One way to be refused. */
  private record Rule(
      Denial why, String detail, BiPredicate<Map<String, Object>, TrustedIssuer> broken) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Denial.ALGORITHM,
              "alg is missing or not on the list of the issuer",
              (header, issuer) ->
                  algorithmOf(header).filter(issuer.algorithms()::contains).isEmpty()),
          // Nothing critical is understood here, b64 included (RFC 7797 section 7 forbids it for a
          // JWT).
          new Rule(
              Denial.CRITICAL_HEADER,
              "crit or b64 is present",
              (header, issuer) -> header.containsKey("crit") || header.containsKey("b64")),
          new Rule(
              Denial.TOKEN_TYPE,
              "typ is not that of an access token",
              (header, issuer) -> !isAccessToken(header, issuer)),
          new Rule(
              Denial.TOKEN_TYPE, "cty is present", (header, issuer) -> header.containsKey("cty")),
          new Rule(
              Denial.TOKEN_MALFORMED,
              "enc or zip is present, which no JWS has",
              (header, issuer) -> header.containsKey("enc") || header.containsKey("zip")),
          new Rule(
              Denial.UNKNOWN_KEY,
              "kid is no string of 1 to " + MAX_KEY_ID + " characters",
              (header, issuer) -> header.containsKey("kid") && !isKeyId(header.get("kid"))),
          // A public key in the header is left alone; a private one has no business there.
          new Rule(
              Denial.UNKNOWN_KEY,
              "jwk is no public key",
              (header, issuer) -> header.containsKey("jwk") && !isPublicKey(header.get("jwk"))));

  private HeaderRules() {}

  static Optional<Denied> refuse(Map<String, Object> header, TrustedIssuer issuer) {
    for (Rule rule : RULES) {
      if (rule.broken().test(header, issuer)) {
        return Optional.of(new Denied(rule.why(), rule.detail()));
      }
    }
    return Optional.empty();
  }

  /** The algorithm; there is one in a header that is not refused. */
  static Optional<SignatureAlgorithm> algorithmOf(Map<String, Object> header) {
    return header.get("alg") instanceof String name
        ? SignatureAlgorithm.named(name)
        : Optional.empty();
  }

  /** The {@code kid} of a header that is not refused; empty if it has none. */
  static String keyIdOf(Map<String, Object> header) {
    return header.get("kid") instanceof String keyId ? keyId : "";
  }

  // typ = [ "application/" ] ( "at+jwt" / "JWT" ), without regard to case; nothing and JWT only of
  // an
  // issuer that does not follow RFC 9068, another type only if it is configured
  private static boolean isAccessToken(Map<String, Object> header, TrustedIssuer issuer) {
    Object type = header.getOrDefault("typ", "JWT");
    String subtype = type instanceof String text ? TokenShape.normalized(text) : "";
    return issuer.shape().tokenTypes().contains(subtype)
        || (issuer.acceptPlainJwt() && subtype.equals("jwt"));
  }

  private static boolean isKeyId(Object value) {
    return value instanceof String keyId && !keyId.isEmpty() && keyId.length() <= MAX_KEY_ID;
  }

  private static boolean isPublicKey(Object value) {
    return value instanceof Map<?, ?> key && SECRET.stream().noneMatch(key::containsKey);
  }
}
