package dev.countersign.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a DPoP proof must not be (RFC 9449 section 4.3), but for nonce and replay. In this order.
 */
final class DpopRules {

  /**
   * A proof and what it is judged against.
   *
   * @param proof the proof
   * @param request what it has to fit
   * @param settings algorithms and tolerances
   * @param now the time, read once
   */
  record Case(DpopProof proof, DpopRequest request, DpopProofs.Settings settings, Instant now) {}

  /** One way to be refused. */
  private record Rule(String detail, Predicate<Case> broken) {}

  private static final int MAX_ID = 512;
  private static final String APPLICATION = "application/";

  // Nothing critical is understood, and no key is ever fetched.
  private static final Set<String> FOREIGN =
      Set.of("crit", "b64", "enc", "zip", "cty", "jku", "x5u", "x5c");

  private static final List<Rule> RULES =
      List.of(
          new Rule("typ is not dpop+jwt", one -> !isProof(one.proof().header().get("typ"))),
          new Rule("alg is missing or not on the list", one -> algorithm(one).isEmpty()),
          new Rule(
              "the header has a parameter that no proof may have",
              one -> FOREIGN.stream().anyMatch(one.proof().header()::containsKey)),
          new Rule("a claim is missing or has the wrong type", one -> !isComplete(one.proof())),
          new Rule(
              "htm is another method",
              one -> !one.proof().text("htm").equals(one.request().method())),
          new Rule("htu is another URI", one -> !isTarget(one)),
          new Rule("iat is too far from now", one -> !isInWindow(one)),
          new Rule("exp has passed, or nbf has not come yet", one -> !isInLife(one)),
          new Rule("ath is of another token", one -> !isOfToken(one)),
          new Rule(
              "jwk is no sound public key that fits alg, or the signature does not verify",
              one -> !isSigned(one)));

  private DpopRules() {}

  /** The first rule that the proof breaks. */
  static Optional<String> broken(Case one) {
    for (Rule rule : RULES) {
      if (rule.broken().test(one)) {
        return Optional.of(rule.detail());
      }
    }
    return Optional.empty();
  }

  // RFC 7515 section 4.1.9: a type without a slash means application/ in front of it.
  private static boolean isProof(@Nullable Object type) {
    String lower = type instanceof String text ? text.toLowerCase(Locale.ROOT) : "";
    return lower.equals("dpop+jwt") || lower.equals(APPLICATION + "dpop+jwt");
  }

  private static Optional<SignatureAlgorithm> algorithm(Case one) {
    return HeaderRules.algorithmOf(one.proof().header())
        .filter(one.settings().algorithms()::contains);
  }

  private static boolean isComplete(DpopProof proof) {
    Claims claims = proof.claims();
    String id = proof.text("jti");
    return !id.isEmpty()
        && id.length() <= MAX_ID
        && claims.text("htm").isPresent()
        && claims.text("htu").isPresent()
        && claims.text("ath").isPresent()
        && isWhole(claims.value("iat"))
        && (!claims.has("exp") || NumericDate.isOne(claims.value("exp")))
        && (!claims.has("nbf") || NumericDate.isOne(claims.value("nbf")))
        && (!claims.has("nonce") || claims.text("nonce").isPresent());
  }

  private static boolean isWhole(Object date) {
    return date instanceof Long && NumericDate.isOne(date);
  }

  private static boolean isTarget(Case one) {
    String uri = one.request().uri();
    int query = uri.indexOf('?');
    Optional<TargetUri> target = TargetUri.parse(query < 0 ? uri : uri.substring(0, query));
    return target.isPresent() && target.equals(TargetUri.parse(one.proof().text("htu")));
  }

  // Both ends included. The tolerance for clocks is in the window.
  private static boolean isInWindow(Case one) {
    Instant issued = NumericDate.floor(one.proof().claims().value("iat"));
    return Duration.between(issued, one.now()).abs().compareTo(one.settings().window()) <= 0;
  }

  private static boolean isInLife(Case one) {
    Claims claims = one.proof().claims();
    Duration skew = one.settings().clockSkew();
    boolean expired =
        claims.has("exp") && !one.now().isBefore(NumericDate.floor(claims.value("exp")).plus(skew));
    boolean early =
        claims.has("nbf") && NumericDate.ceiling(claims.value("nbf")).isAfter(one.now().plus(skew));
    return !expired && !early;
  }

  private static boolean isOfToken(Case one) {
    return isSame(one.proof().text("ath"), Sha256.base64Url(one.request().token().text()));
  }

  private static boolean isSigned(Case one) {
    Map<?, ?> jwk = one.proof().jwk();
    Optional<SignatureAlgorithm> algorithm = algorithm(one);
    return algorithm.isPresent()
        && JwkReader.key(jwk)
            .filter(key -> key.fits(algorithm.get()))
            .filter(key -> key.verifies(algorithm.get(), one.proof().jws()))
            .isPresent();
  }

  /** Compares in a time that does not tell how much is the same. */
  static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
