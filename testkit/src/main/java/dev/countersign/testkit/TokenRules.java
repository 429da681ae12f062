package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.BearerError;
import dev.countersign.oauth.Decision;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which tokens are accepted, and what a bad one is told. */
abstract class TokenRules extends PlaceRules {

  @Test
  void J01_J07_T01_admitsAGoodToken() throws IOException {
    RawResponse response = reached(standard(), post().bearer(tokens().valid()));

    assertEquals(200, response.status());
    assertEquals(List.of(), response.values("WWW-Authenticate"));
    assertEquals(List.of(), response.values("Cache-Control"));
  }

  @Test
  void J33_admitsATokenForSeveralAudiences() throws IOException {
    String token = tokens().mint().audience("https://other.example/mcp", RESOURCE).text();

    seen(standard(), post().bearer(token));
  }

  @TestFactory
  Stream<DynamicTest> S05_S06_S07_S17_S18_S33_S37_J01_refusesEveryFaultyToken() {
    return Arrays.stream(TokenFault.values())
        .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> refusesFaulty(fault)));
  }

  private void refusesFaulty(TokenFault fault) throws IOException {
    refused(401, Refusal.INVALID_TOKEN, post().bearer(tokens().faulty(fault)));

    standard()
        .decision()
        .map(event -> assertInstanceOf(Decision.Denied.class, event.decision()).why())
        .ifPresent(why -> assertEquals(Optional.of(BearerError.INVALID_TOKEN), why.error()));
  }

  @Test
  void J14_J16_J52_Z10_asksNobodyButTheIssuer() throws IOException {
    try (FakeAuthorizationServer other = FakeAuthorizationServer.start()) {
      String keys = other.issuer() + "/keys";
      List<String> texts =
          List.of(
              tokens().mint().header("jku", keys).signedBy(other.key()).text(),
              tokens().mint().header("x5u", keys).header("kid", keys).text(),
              other.tokens(RESOURCE).valid());
      for (String text : texts) {
        refused(401, Refusal.INVALID_TOKEN, post().bearer(text));
      }
      assertEquals(List.of(), other.requests());
    }
  }

  @Test
  void S22_neverAnswersABadTokenWithAnError() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String good = tokens().valid();
      String changed = changed(good, random);
      int status = standard().send(post().bearer(changed)).status();

      // White space around a token belongs to the field, not to the token.
      boolean same = changed.strip().equals(good);
      assertTrue(
          same ? status == 200 : status == 400 || status == 401,
          () -> "seed " + seed + ": " + status + " for " + changed);
    }
  }

  private static String changed(String token, Random random) {
    String characters = "abcXYZ019-_.=+/~ \",%\u00ff";
    StringBuilder text = new StringBuilder(token);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      char other = characters.charAt(random.nextInt(characters.length()));
      int at = random.nextInt(text.length());
      text.replace(at, at + random.nextInt(2), String.valueOf(other));
    }
    return text.toString();
  }

  @Test
  void S21_F11_answers503WhileTheKeysAreOutOfReach() throws IOException {
    Stand outage = stand(Setup.OUTAGE);

    RawResponse response =
        refused(outage, 503, post().bearer(unreachable().tokens(RESOURCE).valid()));

    assertTrue(Integer.parseInt(response.value("Retry-After").orElse("")) > 0, response::toString);
    assertEquals(List.of(), response.values("WWW-Authenticate"));
    outage
        .decision()
        .ifPresent(event -> assertInstanceOf(Decision.Undecided.class, event.decision()));
  }

  @Test
  void S21_challengesAndServesMetadataDuringAnOutage() throws IOException {
    Stand outage = stand(Setup.OUTAGE);

    RawResponse response = refused(outage, 401, post());

    assertEquals(Optional.of(Refusal.NO_TOKEN), response.value("WWW-Authenticate"));
    assertEquals(200, outage.send(get(METADATA + "/mcp")).status());
  }

  @Test
  void K09_F3_failsClosedWhenTheValidatorThrows() throws IOException {
    RawResponse response = refused(stand(Setup.BROKEN), 503, post().bearer(tokens().valid()));

    assertEquals(List.of(), response.values("WWW-Authenticate"));
  }
}
