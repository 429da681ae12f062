package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.ResourceIdentifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RememberingValidatorTest {

  private static final String TOKEN = Bench.RSA.sign(Bench.claims());

  private final RememberingBench bench = new RememberingBench();

  @Test
  void judgesATokenOnce() {
    Decision first = bench.validate(TOKEN);

    assertSame(first, bench.validate(TOKEN));
    assertEquals("GRANTED", RememberingBench.outcome(first));
    assertEquals(1, bench.keys.validations());
  }

  @Test
  void knowsWhatItHasJudgedWithoutAskingForKeys() {
    assertEquals(Optional.empty(), known(TOKEN));
    assertEquals(0, bench.keys.validations());
    Decision judged = bench.validate(TOKEN);

    assertEquals(Optional.of(judged), known(TOKEN));
    assertEquals(Optional.empty(), known("opaque"));
    ResourceIdentifier other = ResourceIdentifier.parse("https://mcp.example.com/other");
    assertEquals(Optional.empty(), bench.validator.known(BearerToken.of(TOKEN), other));
    bench.advance(TokenMemory.LONGEST_ACCEPTED);
    assertEquals(Optional.empty(), known(TOKEN));
  }

  @Test
  void knowsNothingWhenClosed() {
    bench.validate(TOKEN);
    bench.validator.close();

    assertEquals(Optional.empty(), known(TOKEN));
  }

  private Optional<Decision> known(String token) {
    return bench.validator.known(BearerToken.of(token), Bench.RESOURCE);
  }

  @Test
  void CA1_onlyTheIdenticalTextHits() {
    bench.validate(TOKEN);

    String twin = withTheSameHashCode(TOKEN);
    assertEquals(TOKEN.hashCode(), twin.hashCode());
    assertNotEquals(TOKEN, twin);
    assertEquals("SIGNATURE", bench.outcome(twin));
    for (int at = 0; at < TOKEN.length(); at += 7) {
      char other = TOKEN.charAt(at) == 'A' ? 'B' : 'A';
      String changed = TOKEN.substring(0, at) + other + TOKEN.substring(at + 1);
      assertNotEquals("GRANTED", bench.outcome(changed), "changed at " + at);
    }
    assertEquals("GRANTED", bench.outcome(TOKEN));
  }

  // Two neighbours of the signature part, the first one more, the second 31 less: the same hash.
  private static String withTheSameHashCode(String token) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int at = token.lastIndexOf('.') + 1; at < token.length() - 2; at++) {
      char first = (char) (token.charAt(at) + 1);
      char second = (char) (token.charAt(at + 1) - 31);
      if (alphabet.indexOf(first) >= 0 && alphabet.indexOf(second) >= 0) {
        return token.substring(0, at) + first + second + token.substring(at + 2);
      }
    }
    throw new AssertionError("a signature without two such characters");
  }

  @Test
  void CA1_anotherResourceIsAnotherQuestion() {
    assertEquals("GRANTED", bench.outcome(TOKEN));

    ResourceIdentifier other = ResourceIdentifier.parse("https://mcp.example.com/other");
    assertEquals("AUDIENCE", RememberingBench.outcome(bench.validate(TOKEN, other)));
    assertEquals("GRANTED", bench.outcome(TOKEN));
  }

  @Test
  void CA2_CA20_expiryIsCheckedOnEveryHit() {
    String token = Bench.RSA.sign(Bench.claimsWith("exp", Bench.SECONDS + 60));
    bench.validate(token);

    bench.now = Bench.NOW.plusSeconds(60).plus(Bench.SKEW).minusNanos(1);
    assertFalse(bench.takesWork(token));
    assertEquals("GRANTED", bench.outcome(token));

    // The clock of the system has moved on, the one that never jumps has not: a pause of the
    // machine.
    bench.now = bench.now.plusNanos(1);
    assertEquals("EXPIRED", bench.outcome(token));
  }

  @Test
  void CL12_decisionsFollowTheClockOfTheWallInBothDirections() {
    String token = Bench.RSA.sign(Bench.claimsWith("exp", Bench.SECONDS + 60));
    assertEquals("GRANTED", bench.outcome(token));

    bench.now = Bench.NOW.plus(Duration.ofHours(1));
    assertEquals("EXPIRED", bench.outcome(token));
    // An hour back: the token was issued in the future then, remembered or not.
    bench.now = Bench.NOW.minus(Duration.ofHours(1));
    assertEquals("NOT_YET_VALID", bench.outcome(Bench.RSA.sign(Bench.claims())));
    bench.now = Bench.NOW;
    bench.nanos.addAndGet(TokenMemory.LONGEST_REFUSED.toNanos());
    assertEquals("GRANTED", bench.outcome(token));
    // What is remembered ages by the clock that never jumps.
    bench.nanos.addAndGet(TokenMemory.LONGEST_ACCEPTED.toNanos());
    assertTrue(bench.takesWork(token));
  }

  @Test
  void CL56_aTokenOfOneSecondIsGoodForOneSecond() {
    String token = Bench.RSA.sign(Bench.claimsWith("exp", Bench.SECONDS + 1));
    for (int millis = 0; millis < 1000; millis += 10) {
      bench.now = Bench.NOW.plus(Bench.SKEW).plusMillis(millis);
      assertEquals("GRANTED", bench.outcome(token));
    }
    assertEquals(1, bench.keys.validations());

    bench.now = Bench.NOW.plus(Bench.SKEW).plusSeconds(1);
    assertEquals("EXPIRED", bench.outcome(token));
  }

  @Test
  void CA2_maximumAgeIsCheckedOnEveryHit() {
    RememberingBench strict =
        new RememberingBench(
            TrustedIssuer.builder(Bench.ISSUER).maximumAge(Duration.ofSeconds(20)).build());
    strict.validate(TOKEN);

    strict.now = Bench.NOW.plusSeconds(10).plus(Bench.SKEW).minusNanos(1);
    assertFalse(strict.takesWork(TOKEN));
    strict.now = strict.now.plusNanos(2);
    assertEquals("EXPIRED", strict.outcome(TOKEN));
  }

  @Test
  void CA3_aRemovedKeyEndsItsTokens() {
    bench.validate(TOKEN);
    String other = Bench.EC.sign(Bench.claims());
    bench.validate(other);

    bench.keys.publish(Bench.EC);

    assertEquals("UNKNOWN_KEY", bench.outcome(TOKEN));
    assertFalse(bench.takesWork(other), "the key that stayed");
  }

  @Test
  void CA3_anotherKeyOfTheSameNameEndsTheTokensOfTheFirst() {
    bench.validate(TOKEN);

    bench.keys.publish(TokenMint.of(SignatureAlgorithm.RS256, Bench.RSA.keyId()));

    assertEquals("SIGNATURE", bench.outcome(TOKEN));
  }

  @Test
  void CA3_fetchedKeysEndTokensAtTheirRefresh() {
    FakeIssuer issuer = new FakeIssuer();
    issuer.publish(Bench.RSA);
    FetchedSigningKeys keys =
        new FetchedSigningKeys(
            new IssuerKeySource(Bench.strict(), issuer, issuer),
            Runnable::run,
            issuer,
            Duration.ofSeconds(1));
    JwtTokenValidator.Settings settings =
        new JwtTokenValidator.Settings(() -> Bench.NOW, Bench.SKEW, 16 * 1024);
    RememberingValidator validator =
        new RememberingValidator(
            new JwtTokenValidator(Map.of(Bench.strict(), keys), settings, () -> {}),
            settings,
            () -> 0);
    BearerToken token = BearerToken.of(TOKEN);
    assertInstanceOf(Decision.Granted.class, validator.validate(token, Bench.RESOURCE));

    // Out of reach: the last good keys serve on for a while, and no longer.
    issuer.vanish();
    issuer.advance(Duration.ofMinutes(30));
    assertInstanceOf(Decision.Granted.class, validator.validate(token, Bench.RESOURCE));
    issuer.advance(Duration.ofHours(2));
    assertInstanceOf(Decision.Undecided.class, validator.validate(token, Bench.RESOURCE));

    issuer.answer(FakeIssuer.METADATA, FakeIssuer::metadata);
    issuer.publish(Bench.EC);
    issuer.advance(Duration.ofMinutes(5));
    Decision.Denied denied =
        assertInstanceOf(Decision.Denied.class, validator.validate(token, Bench.RESOURCE));
    assertEquals("UNKNOWN_KEY", denied.why().name());
  }

  @Test
  void CA4_S31_anotherConfigurationRemembersNothing() {
    assertEquals("GRANTED", bench.outcome(TOKEN));

    RememberingBench reloaded = new RememberingBench(TrustedIssuer.of("https://new.example"));

    assertEquals("ISSUER", reloaded.outcome(TOKEN));
  }

  @Test
  void nothingIsOlderThanFiveMinutes() {
    String token = Bench.RSA.sign(Bench.claimsWith("exp", Bench.SECONDS + 3600));
    bench.validate(token);

    bench.advance(TokenMemory.LONGEST_ACCEPTED.minusMillis(1));
    assertFalse(bench.takesWork(token));
    bench.advance(Duration.ofMillis(1));
    assertTrue(bench.takesWork(token));
    assertFalse(bench.takesWork(token));
  }

  @Test
  void CA8_refusalsAreRememberedForSeconds() {
    String expired = Bench.RSA.sign(Bench.claimsWith("exp", Bench.SECONDS - 3600));
    assertTrue(bench.takesWork(expired));
    assertFalse(bench.takesWork(expired));
    assertEquals("EXPIRED", bench.outcome(expired));

    bench.advance(TokenMemory.LONGEST_REFUSED);
    assertTrue(bench.takesWork(expired));
  }

  @Test
  void CA8_whatMayChangeIsNotRemembered() {
    String early = Bench.RSA.sign(Bench.claimsWith("nbf", Bench.SECONDS + 32));
    assertEquals("NOT_YET_VALID", bench.outcome(early));
    bench.now = Bench.NOW.plusSeconds(2);
    assertEquals("GRANTED", bench.outcome(early));

    String rotated = Bench.PSS.sign(Bench.claims());
    assertEquals("UNKNOWN_KEY", bench.outcome(rotated));
    bench.keys.publish(Bench.RSA, Bench.PSS);
    assertEquals("GRANTED", bench.outcome(rotated));
  }

  @Test
  void CA8_anOutageIsNotRemembered() {
    SwitchableKeys good = new SwitchableKeys(Bench.RSA);
    boolean[] out = {true};
    SigningKeys keys =
        (keyId, algorithm) ->
            out[0] ? new SigningKeys.Answer.Unavailable("out") : good.find(keyId, algorithm);
    JwtTokenValidator.Settings settings =
        new JwtTokenValidator.Settings(() -> Bench.NOW, Bench.SKEW, 16 * 1024);
    RememberingValidator validator =
        new RememberingValidator(
            new JwtTokenValidator(Map.of(Bench.strict(), keys), settings, () -> {}),
            settings,
            System::nanoTime);
    BearerToken token = BearerToken.of(TOKEN);

    assertInstanceOf(Decision.Undecided.class, validator.validate(token, Bench.RESOURCE));
    out[0] = false;
    assertInstanceOf(Decision.Granted.class, validator.validate(token, Bench.RESOURCE));
  }

  @Test
  void CA8_garbageIsNotEvenLookedUp() {
    for (String garbage : List.of("x", "a.b.c", "eyJ", "e30.e30.", "A".repeat(20_000))) {
      assertNotEquals("GRANTED", bench.outcome(garbage));
    }

    assertEquals(0, bench.validator.memory().refusedCount());
    assertEquals(0, bench.keys.validations());
  }

  @Test
  void CA12_CA13_whatTheApplicationGetsCannotBeChanged() {
    String token =
        Bench.RSA.sign(Bench.claimsWith("nested", Map.of("list", List.of(Map.of("a", 1)))));
    bench.validate(token);
    AccessToken granted =
        assertInstanceOf(Decision.Granted.class, bench.validate(token)).accessToken();

    assertThrows(UnsupportedOperationException.class, () -> granted.claims().clear());
    assertThrows(UnsupportedOperationException.class, () -> granted.audience().clear());
    assertThrows(UnsupportedOperationException.class, () -> granted.scope().tokens().clear());
    Map<?, ?> nested = assertInstanceOf(Map.class, granted.claims().get("nested"));
    assertThrows(UnsupportedOperationException.class, nested::clear);
    List<?> list = assertInstanceOf(List.class, nested.get("list"));
    assertThrows(UnsupportedOperationException.class, list::clear);
    assertThrows(
        UnsupportedOperationException.class, assertInstanceOf(Map.class, list.get(0))::clear);
  }

  @Test
  void closingForgets() {
    bench.validate(TOKEN);
    assertEquals(1, bench.validator.memory().acceptedCount());

    bench.validator.close();

    assertEquals(0, bench.validator.memory().acceptedCount());
    bench.validate(TOKEN);
    assertEquals(0, bench.validator.memory().acceptedCount());
  }
}
