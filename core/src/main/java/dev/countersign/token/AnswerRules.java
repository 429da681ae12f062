package dev.countersign.token;

import dev.countersign.oauth.Decision.Denied;
import dev.countersign.oauth.Denial;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an answer about an active token must not say (RFC 7662 sections 2.2 and 4). That the
 * authorization server calls a token active is not enough: it may be for another resource, or be no
 * access token. Asked in this order.
 */
final class AnswerRules {

  /** One way to be refused. */
  private record Rule(Denial why, String detail, Predicate<ClaimRules.Case> broken) {}

  private static final List<String> TEXTS = List.of("iss", "username", "token_type", "token_use");
  private static final List<String> PRINCIPALS = List.of("sub", "username", "client_id");

  // Without regard to case: RFC 6749 section 7.1, RFC 9449 section 5
  private static final Set<String> ACCESS_TOKEN_TYPES = Set.of("bearer", "dpop");

  // What some servers add to tell kinds of tokens apart.
  private static final Set<Object> ACCESS_TOKEN_USES = Set.of("access", "access_token");
  private static final Set<Object> OTHER_TYPES = Set.of("ID", "Refresh", "Offline");

  private static final List<Rule> RULES =
      List.of(
          new Rule(Denial.CLAIMS, "a member has the wrong type", one -> isMistyped(one.claims())),
          new Rule(Denial.ISSUER, "iss is another issuer", AnswerRules::isOfAnother),
          new Rule(
              Denial.CLAIMS,
              "neither user nor client is named",
              one -> PRINCIPALS.stream().noneMatch(one.claims()::has)),
          new Rule(
              Denial.CLAIMS,
              "client_id and azp name different clients",
              one -> ClaimRules.differ(one.claims(), "client_id", "azp")),
          new Rule(
              Denial.CLAIMS,
              "exp is missing or too far from iat, or iat is missing",
              one ->
                  !one.issuer().maximumLifetime().isZero()
                      && (!one.claims().has("exp") || ClaimRules.livesTooLong(one))),
          new Rule(
              Denial.CLAIMS,
              "a required claim has another value",
              one -> !one.issuer().shape().hasRequired(one.claims())),
          new Rule(Denial.CLAIMS, "nbf is later than exp", AnswerRules::isNeverValid),
          new Rule(
              Denial.TOKEN_TYPE,
              "the token is no access token",
              one -> !isAccessToken(one.claims())),
          new Rule(
              Denial.SENDER_CONSTRAINT,
              "token_type is DPoP and cnf has no jkt",
              one -> isUnboundDpop(one.claims())),
          new Rule(
              Denial.EXPIRED,
              "exp has passed",
              one -> one.claims().has("exp") && ClaimRules.isExpired(one)),
          new Rule(Denial.EXPIRED, "iat is missing or too long ago", ClaimRules::isTooOld),
          new Rule(
              Denial.NOT_YET_VALID,
              "nbf has not come yet",
              one -> ClaimRules.isInFuture(one, "nbf")),
          new Rule(
              Denial.NOT_YET_VALID,
              "iat has not come yet",
              one -> ClaimRules.isInFuture(one, "iat")));

  private AnswerRules() {}

  /** The first rule that the answer breaks, the audience included. */
  static Optional<Denied> refuse(ClaimRules.Case one, TokenQuery query) {
    for (Rule rule : RULES) {
      if (rule.broken().test(one)) {
        return Optional.of(new Denied(rule.why(), "introspection: " + rule.detail()));
      }
    }
    if (!query.requiredClaims().stream().allMatch(one.claims()::has)) {
      return Optional.of(new Denied(Denial.CLAIMS, "introspection: a required member is missing"));
    }
    return query.isForResource(one)
        ? Optional.empty()
        : Optional.of(
            new Denied(
                Denial.AUDIENCE, "introspection: aud is missing or does not name the resource"));
  }

  private static boolean isMistyped(Claims claims) {
    return ClaimTypes.wrong(claims).isPresent()
        || TEXTS.stream()
            .anyMatch(
                name -> claims.has(name) && claims.text(name).filter(t -> !t.isEmpty()).isEmpty());
  }

  private static boolean isOfAnother(ClaimRules.Case one) {
    return one.claims().has("iss") && !one.issuer().names().contains(one.claims().value("iss"));
  }

  private static boolean isNeverValid(ClaimRules.Case one) {
    Claims claims = one.claims();
    if (!claims.has("nbf") || !claims.has("exp")) {
      return false;
    }
    Instant begin = NumericDate.floor(claims.value("nbf"));
    return begin.isAfter(ClaimRules.expiry(claims));
  }

  // token_type is optional here; N_A and whatever else there is belongs to another kind of token
  // (RFC 8693 section 2.2.1).
  private static boolean isAccessToken(Claims claims) {
    boolean type =
        claims
            .text("token_type")
            .map(text -> ACCESS_TOKEN_TYPES.contains(text.toLowerCase(Locale.ROOT)))
            .orElse(true);
    boolean use = !claims.has("token_use") || ACCESS_TOKEN_USES.contains(claims.value("token_use"));
    return type
        && use
        && !OTHER_TYPES.contains(claims.value("typ"))
        && !claims.has("events")
        && !ClaimRules.hasAny(claims, IdTokenRule.ONLY_THERE);
  }

  // RFC 9449 section 6.2
  private static boolean isUnboundDpop(Claims claims) {
    boolean dpop = claims.text("token_type").filter("DPoP"::equalsIgnoreCase).isPresent();
    return dpop && !(claims.value("cnf") instanceof Map<?, ?> cnf && cnf.containsKey("jkt"));
  }
}
