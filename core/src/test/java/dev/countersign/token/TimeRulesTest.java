package dev.countersign.token;

import static dev.countersign.token.Bench.ISSUER;
import static dev.countersign.token.Bench.NOW;
import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.Bench.SECONDS;
import static dev.countersign.token.Bench.SKEW;
import static dev.countersign.token.Bench.claims;
import static dev.countersign.token.Bench.claimsWith;
import static dev.countersign.token.Bench.claimsWithout;
import static dev.countersign.token.Bench.denied;
import static dev.countersign.token.Bench.granted;
import static dev.countersign.token.Bench.strict;
import static dev.countersign.token.Bench.validator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.internal.Json;
import dev.countersign.oauth.Denial;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Leeway is 30 seconds unless a test says otherwise. */
class TimeRulesTest {

  private final JwtTokenValidator validator = validator();

  private static String with(String name, Object value) {
    Map<String, Object> claims = claimsWith(name, value);
    return RSA.sign(claims);
  }

  private static String withTimes(long issuedAt, long notBefore, long expiry) {
    Map<String, Object> claims = claimsWith("iat", issuedAt);
    claims.put("nbf", notBefore);
    claims.put("exp", expiry);
    return RSA.sign(claims);
  }

  @Test
  void J35_refusesExpOfNowWithoutLeeway() {
    JwtTokenValidator exact = validator(strict(), NOW, Duration.ZERO);

    denied(Denial.EXPIRED, exact, with("exp", SECONDS));
    denied(Denial.EXPIRED, exact, with("exp", SECONDS - 1));
    granted(exact, with("exp", SECONDS + 1));
    denied(
        Denial.EXPIRED,
        validator(strict(), NOW.plusMillis(999), Duration.ZERO),
        with("exp", SECONDS));
    granted(validator(strict(), NOW.minusMillis(1), Duration.ZERO), with("exp", SECONDS));
  }

  @Test
  void J36_allowsLeewayForExp() {
    granted(validator, with("exp", SECONDS));
    granted(validator, with("exp", SECONDS - 29));
    denied(Denial.EXPIRED, validator, with("exp", SECONDS - 30));
    denied(Denial.EXPIRED, validator, with("exp", SECONDS - 31));
  }

  @Test
  void J37_CL9_refusesNbfInTheFutureBeyondLeeway() {
    granted(validator, with("nbf", SECONDS));
    granted(validator, with("nbf", SECONDS + 10));
    granted(validator, with("nbf", SECONDS + 30));
    denied(Denial.NOT_YET_VALID, validator, with("nbf", SECONDS + 31));
    denied(Denial.NOT_YET_VALID, validator, with("nbf", SECONDS + 200));
  }

  @Test
  void J38_CL10_refusesIatInTheFutureBeyondLeeway() {
    granted(validator, with("iat", SECONDS + 30));
    denied(Denial.NOT_YET_VALID, validator, with("iat", SECONDS + 31));
    denied(Denial.NOT_YET_VALID, validator, with("iat", SECONDS + 600));
    denied(Denial.NOT_YET_VALID, validator, with("iat", SECONDS + 365 * 24 * 3600));
  }

  @Test
  void J38_CL10_refusesWhatIsOlderThanTheMaximumAge() {
    JwtTokenValidator oneHour =
        validator(TrustedIssuer.builder(ISSUER).maximumAge(Duration.ofHours(1)).build());
    JwtTokenValidator plain =
        validator(
            TrustedIssuer.builder(ISSUER).acceptPlainJwt().maximumAge(Duration.ofHours(1)).build());

    granted(oneHour, with("iat", SECONDS - 3600));
    granted(oneHour, with("iat", SECONDS - 3630));
    denied(Denial.EXPIRED, oneHour, with("iat", SECONDS - 3631));
    denied(Denial.EXPIRED, oneHour, with("iat", SECONDS - 7200));
    granted(validator, with("iat", SECONDS - 7200));
    denied(Denial.EXPIRED, plain, RSA.sign(claimsWithout("iat")));
  }

  @Test
  void CL7_refusesWhatLivesLongerThanTheMaximum() {
    Duration day = Duration.ofDays(1);
    JwtTokenValidator oneDay =
        validator(TrustedIssuer.builder(ISSUER).maximumLifetime(day).build());
    JwtTokenValidator plain =
        validator(TrustedIssuer.builder(ISSUER).acceptPlainJwt().maximumLifetime(day).build());
    Map<String, Object> claims = claimsWith("exp", SECONDS - 10 + day.toSeconds());

    granted(oneDay, RSA.sign(claims));
    claims.put("exp", new BigDecimal(SECONDS - 10 + day.toSeconds() + ".5"));
    denied(Denial.CLAIMS, oneDay, RSA.sign(claims));
    claims.put("exp", SECONDS - 10 + day.toSeconds() + 1);
    denied(Denial.CLAIMS, oneDay, RSA.sign(claims));
    granted(validator, RSA.sign(claims));
    denied(Denial.CLAIMS, plain, RSA.sign(claimsWithout("iat")));
  }

  // Now minus the skew is one second later than the row would have it: with skew as without, "on or
  // after" exp is too late (RFC 7519 section 4.1.4).
  @Test
  void CL8_countsTheSkewToTheSecond() {
    granted(validator, with("exp", SECONDS));
    granted(validator, with("exp", SECONDS - SKEW.toSeconds() + 1));
    denied(Denial.EXPIRED, validator, with("exp", SECONDS - SKEW.toSeconds()));
    denied(Denial.EXPIRED, validator, with("exp", SECONDS - SKEW.toSeconds() - 1));
  }

  static Stream<Object> noDates() {
    return Stream.of(
        Json.NULL,
        "1764072000",
        "",
        true,
        List.of(),
        List.of(1L),
        Map.of(),
        -1L,
        new BigDecimal("-0.5"),
        1_000_000_000_000_000_000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        new BigDecimal("1e18"),
        new BigDecimal("1e300"),
        new BigDecimal("9223372036854775808"),
        new BigDecimal(BigInteger.TWO.pow(64)),
        SECONDS * 1000,
        (SECONDS + 300) * 1000,
        253_402_300_800L);
  }

  @ParameterizedTest
  @MethodSource("noDates")
  void J39_CL2_CL3_CL5_CL6_CL9_CL10_CL53_refusesWhatIsNoPlausibleDate(Object value) {
    for (String name : List.of("exp", "nbf", "iat")) {
      denied(Denial.CLAIMS, validator, with(name, value));
    }
  }

  @Test
  void J39_CL5_JS31_refusesNumbersBeyondADouble() {
    String json = Json.write(claims());
    for (String number :
        List.of("1e400", "1e999999999", "1e9999999999", "-1e400", "1".repeat(1000))) {
      for (String name : List.of("exp", "odd")) {
        String with = json.replaceAll("\"exp\":\\d+", "\"" + name + "\":" + number);
        denied(Denial.TOKEN_MALFORMED, validator, RSA.sign(Json.write(RSA.header()), with));
      }
    }
  }

  @Test
  void CL5_zeroIsLongAgo() {
    denied(Denial.EXPIRED, validator, with("exp", 0L));
    String json = Json.write(claims()).replaceAll("\"exp\":\\d+", "\"exp\":-0");
    denied(Denial.EXPIRED, validator, RSA.sign(Json.write(RSA.header()), json));
  }

  @Test
  void CL4_J39_readsFractionsToTheStricterSide() {
    JwtTokenValidator exact = validator(strict(), NOW, Duration.ZERO);

    denied(Denial.EXPIRED, exact, with("exp", new BigDecimal(SECONDS + ".9")));
    assertEquals(
        NOW.plusSeconds(1),
        granted(exact, with("exp", new BigDecimal((SECONDS + 1) + ".9"))).expiresAt());
    denied(Denial.NOT_YET_VALID, exact, with("nbf", new BigDecimal(SECONDS + ".1")));
    granted(exact, with("nbf", new BigDecimal((SECONDS - 1) + ".9")));
    granted(exact, with("exp", new BigDecimal("2e9")));
  }

  @Test
  void CL11_refusesNbfAfterExp() {
    denied(Denial.CLAIMS, validator, withTimes(SECONDS - 100, SECONDS + 20, SECONDS + 10));
    granted(validator, withTimes(SECONDS - 100, SECONDS + 10, SECONDS + 10));
  }

  @Test
  void J36_limitsTheLeewayThatCanBeConfigured() {
    InstantSource clock = InstantSource.fixed(NOW);
    new JwtTokenValidator.Settings(clock, Duration.ofMinutes(5), 100);
    for (Duration wrong : List.of(Duration.ofSeconds(301), SKEW.negated())) {
      assertThrows(
          IllegalArgumentException.class, () -> new JwtTokenValidator.Settings(clock, wrong, 100));
    }
  }
}
