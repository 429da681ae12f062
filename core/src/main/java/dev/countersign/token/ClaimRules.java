package dev.countersign.token;

import dev.countersign.oauth.Decision.Denied;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the claims of an access token must not be (RFC 9068 section 4, RFC 7519 section 4.1). Asked
 * after the signature has been verified, in this order.
 */
final class ClaimRules {

  /**
   * A token whose signature is good, and what it is judged against.
   *
   * @param header the header
   * @param claims the claims
   * @param issuer the issuer
   * @param resource the resource that is asked for
   * @param now the time, read once
   * @param skew by how much clocks may differ
   */
  record Case(
      Map<String, Object> header,
      Claims claims,
      TrustedIssuer issuer,
      ResourceIdentifier resource,
      Instant now,
      Duration skew) {}

  /** One way to be refused. */
  private record Rule(Denial why, String detail, Predicate<Case> broken) {}

  private static final List<String> REQUIRED = List.of("exp", "sub");
  private static final List<String> REQUIRED_BY_RFC9068 = List.of("client_id", "iat", "jti");

  private static final List<String> REPLICATED = List.of("iss", "sub", "aud");

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Denial.CLAIMS,
              "a claim has the wrong type",
              one -> ClaimTypes.wrong(one.claims()).isPresent()),
          new Rule(Denial.CLAIMS, "exp or sub is missing", one -> !hasAll(one.claims(), REQUIRED)),
          new Rule(
              Denial.CLAIMS,
              "client_id, iat or jti is missing (RFC 9068 section 2.2)",
              one -> !one.issuer().acceptPlainJwt() && !hasAll(one.claims(), REQUIRED_BY_RFC9068)),
          new Rule(
              Denial.CLAIMS,
              "client_id and azp name different clients",
              one -> differ(one.claims(), "client_id", "azp")),
          new Rule(
              Denial.CLAIMS,
              "a claim replicated in the header differs (RFC 7519 section 5.3)",
              ClaimRules::contradictsHeader),
          new Rule(
              Denial.CLAIMS,
              "nbf is later than exp",
              one ->
                  one.claims().has("nbf")
                      && NumericDate.floor(one.claims().value("nbf"))
                          .isAfter(expiry(one.claims()))),
          new Rule(
              Denial.CLAIMS,
              "exp is too far from iat, or iat is missing",
              ClaimRules::livesTooLong),
          new Rule(
              Denial.CLAIMS,
              "a required claim has another value",
              one -> !one.issuer().shape().hasRequired(one.claims())),
          new Rule(
              Denial.AUDIENCE,
              "the client is none of client-ids",
              one -> !AudienceRule.isOfListedClient(one)),
          new Rule(
              Denial.AUDIENCE,
              "a scope of binding-scopes is missing",
              one -> !AudienceRule.hasBindingScopes(one)),
          new Rule(
              Denial.AUDIENCE,
              "aud is missing or does not name the resource",
              one -> !AudienceRule.isFor(one)),
          new Rule(Denial.EXPIRED, "exp has passed", ClaimRules::isExpired),
          new Rule(Denial.EXPIRED, "iat is missing or too long ago", ClaimRules::isTooOld),
          new Rule(Denial.NOT_YET_VALID, "nbf has not come yet", one -> isInFuture(one, "nbf")),
          new Rule(Denial.NOT_YET_VALID, "iat has not come yet", one -> isInFuture(one, "iat")),
          new Rule(
              Denial.ID_TOKEN,
              "the token is an ID token by its claims",
              one -> IdTokenRule.isIdToken(one.claims())),
          new Rule(
              Denial.TOKEN_TYPE,
              "the token is a security event by its claims",
              one -> one.claims().has("events")));

  private ClaimRules() {}

  static Optional<Denied> refuse(Case one) {
    for (Rule rule : RULES) {
      if (rule.broken().test(one)) {
        return Optional.of(new Denied(rule.why(), rule.detail()));
      }
    }
    return Optional.empty();
  }

  static Instant expiry(Claims claims) {
    return NumericDate.floor(claims.value("exp"));
  }

  private static boolean hasAll(Claims claims, List<String> names) {
    for (String name : names) {
      if (!claims.has(name)) {
        return false;
      }
    }
    return true;
  }

  static boolean hasAny(Claims claims, List<String> names) {
    for (String name : names) {
      if (claims.has(name)) {
        return true;
      }
    }
    return false;
  }

  static boolean differ(Claims claims, String one, String other) {
    return claims.has(one) && claims.has(other) && !claims.value(one).equals(claims.value(other));
  }

  private static boolean contradictsHeader(Case one) {
    for (String name : REPLICATED) {
      Object copy = one.header().get(name);
      if (copy != null && !copy.equals(one.claims().value(name))) {
        return true;
      }
    }
    return false;
  }

  // exp equal to now is expired: RFC 7519 section 4.1.4 says "on or after".
  static boolean isExpired(Case one) {
    return !one.now().isBefore(expiry(one.claims()).plus(one.skew()));
  }

  static boolean isTooOld(Case one) {
    Duration maximum = one.issuer().maximumAge();
    if (maximum.isZero()) {
      return false;
    }
    return !one.claims().has("iat")
        || one.now()
            .isAfter(NumericDate.floor(one.claims().value("iat")).plus(maximum).plus(one.skew()));
  }

  // Both are times of the issuer, so its clock skew does not count.
  static boolean livesTooLong(Case one) {
    Duration maximum = one.issuer().maximumLifetime();
    if (maximum.isZero()) {
      return false;
    }
    return !one.claims().has("iat")
        || NumericDate.ceiling(one.claims().value("exp"))
            .isAfter(NumericDate.floor(one.claims().value("iat")).plus(maximum));
  }

  // nbf equal to now is valid: RFC 7519 section 4.1.5 says "before".
  static boolean isInFuture(Case one, String name) {
    return one.claims().has(name)
        && NumericDate.ceiling(one.claims().value(name)).isAfter(one.now().plus(one.skew()));
  }
}
