package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.FetchResult;
import dev.countersign.internal.FetchResult.Cause;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.internal.FormRequest;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class IntrospectionValidatorTest {

  private final FakeIntrospection server = new FakeIntrospection();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void IN1_I04_grantsWhatIsActive() {
    FakeIntrospection.granted(server.validator());
  }

  @Test
  void IN2_I04_S19_deniesWhatIsNotActive() {
    server.answer(Map.of("active", false));
    FakeIntrospection.denied(Denial.INACTIVE, server.validator());

    // Whatever else such an answer says.
    server.answer(FakeIntrospection.activeWith("active", false));
    FakeIntrospection.denied(Denial.INACTIVE, server.validator());
  }

  static Stream<String> unusable() {
    return Stream.of(
        "{}",
        "{\"active\":\"true\"}",
        "{\"active\":\"false\"}",
        "{\"active\":1}",
        "{\"active\":null}",
        "{\"active\":[true]}",
        "{\"Active\":true}",
        "{\"active\":false,\"active\":true}",
        "",
        " ",
        "<html>login</html>",
        "[]",
        "[{\"active\":true}]",
        "true",
        "null",
        "\ufeff{\"active\":true}",
        "{\"active\":true}x",
        "{\"active\":true}{}",
        "{\"active\":true",
        "{\"active\":true,\"exp\":1e999}",
        "{'active':true}",
        "{\"active\":true,\"a\":" + "[".repeat(40) + "]".repeat(40) + "}",
        "{\"active\":true,\"a\":\"" + "x".repeat(70_000) + "\"}");
  }

  // Neither good nor bad: the token may be fine, and a 401 would make the client throw it away. So
  // it is I10, and not the 401 of IN-3, that holds for an "active" that is none.
  @ParameterizedTest
  @MethodSource("unusable")
  void IN3_IN4_I05_I10_isUndecidedAboutAnUnusableAnswer(String answer) {
    server.answer(FakeIssuer.text(answer));
    IntrospectionValidator validator = server.validator();

    String cause = FakeIntrospection.undecided(validator);
    assertTrue(cause.contains(FakeIntrospection.ENDPOINT.toString()), cause);
    // Nothing of it is kept.
    server.answer(FakeIntrospection.active());
    FakeIntrospection.granted(validator);
  }

  static Stream<Failed> failures() {
    return Stream.of(
            FakeIntrospection.status(400),
            FakeIntrospection.status(401),
            FakeIntrospection.status(403),
            FakeIntrospection.status(404),
            FakeIntrospection.status(429),
            FakeIntrospection.status(500),
            FakeIntrospection.status(503),
            new Failed(Cause.CONNECTION),
            new Failed(Cause.TLS),
            new Failed(Cause.DEADLINE),
            new Failed(Cause.TOO_LARGE, 200, Duration.ZERO),
            new Failed(Cause.CONTENT, 200, Duration.ZERO),
            new Failed(Cause.REDIRECT, 302, Duration.ZERO),
            new Failed(Cause.PRIVATE_ADDRESS),
            new Failed(Cause.UNKNOWN_HOST),
            new Failed(Cause.CLOSED))
        .map(Failed.class::cast);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void IN5_IN6_I10_S21_isUndecidedWhileTheServerFails(Failed failure) {
    server.answer(failure);
    IntrospectionValidator validator = server.validator();

    FakeIntrospection.undecided(validator);
    server.answer(FakeIntrospection.active());
    FakeIntrospection.granted(validator);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void IN5_I10_raisesTheAlarmWhenOurCredentialsAreRefused(int status) {
    server.answer(FakeIntrospection.status(status));

    FakeIntrospection.undecided(server.validator());
    String alarm = server.alarms.get(0);
    assertEquals(1, server.alarms.size());
    assertTrue(alarm.contains("introspection-client-id") && alarm.contains("" + status), alarm);
    assertFalse(alarm.contains("rs-secret") || alarm.contains(FakeIntrospection.TOKEN), alarm);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void IN6_raisesNoAlarmForAnOutage(int status) {
    server.answer(FakeIntrospection.status(status));

    FakeIntrospection.undecided(server.validator());
    assertEquals(List.of(), server.alarms);
  }

  @Test
  void IN6_leavesTheServerAloneWhenItAsksForThat() {
    server.answer(new Failed(Cause.STATUS, 429, Duration.ofSeconds(20)));
    IntrospectionValidator validator = server.validator();
    FakeIntrospection.undecided(validator);
    server.answer(FakeIntrospection.active());

    server.advance(Duration.ofSeconds(19));
    FakeIntrospection.undecided(validator);
    assertEquals(1, server.calls());

    server.advance(Duration.ofSeconds(1));
    FakeIntrospection.granted(validator);
  }

  @Test
  void IN6_isLeftAloneForAMinuteAtMost() {
    server.answer(new Failed(Cause.STATUS, 503, Duration.ofDays(1)));
    IntrospectionValidator validator = server.validator();
    FakeIntrospection.undecided(validator);
    server.answer(FakeIntrospection.active());

    server.advance(Duration.ofSeconds(60));
    FakeIntrospection.granted(validator);
  }

  @Test
  void isUndecidedAboutAFaultOfItsOwn() {
    server.answer(
        request -> {
          throw new IllegalStateException("with " + FakeIntrospection.tokenOf(request));
        });

    String cause = FakeIntrospection.undecided(server.validator());
    assertFalse(cause.contains(FakeIntrospection.TOKEN), cause);
  }

  @Test
  void IN14_I08_asksAgainAfterTheLifeOfAnAnswer() {
    IntrospectionValidator validator = server.validator();
    FakeIntrospection.granted(validator);
    server.answer(Map.of("active", false));

    server.advance(Duration.ofSeconds(30).minusNanos(1));
    FakeIntrospection.granted(validator);
    assertEquals(1, server.calls());

    server.advance(Duration.ofNanos(1));
    FakeIntrospection.denied(Denial.INACTIVE, validator);
    assertEquals(2, server.calls());
  }

  @Test
  void IN14_I08_asksAgainAtTheExpiryOfTheToken() {
    IntrospectionValidator validator = server.validator();
    server.answer(FakeIntrospection.activeWith("exp", Bench.SECONDS + 10));
    FakeIntrospection.granted(validator);

    server.advance(Duration.ofSeconds(10).minusNanos(1));
    FakeIntrospection.granted(validator);
    assertEquals(1, server.calls());

    server.advance(Duration.ofNanos(1));
    server.answer(Map.of("active", false));
    FakeIntrospection.denied(Denial.INACTIVE, validator);
    assertEquals(2, server.calls());
  }

  @Test
  void IN14_countsTheLifeFromTheQuestionAndNotFromTheAnswer() {
    IntrospectionValidator validator = server.validator();
    server.answer(
        request -> {
          server.advance(Duration.ofSeconds(2));
          return FakeIssuer.document(FakeIntrospection.active());
        });
    FakeIntrospection.granted(validator);

    server.advance(Duration.ofSeconds(28));
    FakeIntrospection.granted(validator);
    assertEquals(2, server.calls());
  }

  @Test
  void IN14_aClockThatIsSetBackKeepsNothingLonger() {
    IntrospectionValidator validator = server.validator();
    FakeIntrospection.granted(validator);
    server.answer(Map.of("active", false));

    server.jump(Duration.ofHours(-1));
    server.advance(Duration.ofSeconds(30));
    FakeIntrospection.denied(Denial.INACTIVE, validator);
  }

  @Test
  void IN14_I08_keepsNothingWithoutACache() {
    IntrospectionValidator validator = server.validator(Duration.ZERO);
    FakeIntrospection.granted(validator);
    server.answer(Map.of("active", false));

    FakeIntrospection.denied(Denial.INACTIVE, validator);
    FakeIntrospection.denied(Denial.INACTIVE, validator);
    assertEquals(3, server.calls());
  }

  @Test
  void IN15_I09_keepsBadTokensForSecondsOnly() {
    IntrospectionValidator validator = server.validator();
    server.answer(Map.of("active", false));
    FakeIntrospection.denied(Denial.INACTIVE, validator);
    server.answer(FakeIntrospection.active());

    server.advance(Duration.ofSeconds(5).minusNanos(1));
    FakeIntrospection.denied(Denial.INACTIVE, validator);
    assertEquals(1, server.calls());

    server.advance(Duration.ofNanos(1));
    FakeIntrospection.granted(validator);
  }

  @Test
  void IN15_keepsBadTokensNoLongerThanGoodOnes() {
    IntrospectionValidator validator = server.validator(Duration.ofSeconds(2));
    server.answer(FakeIntrospection.activeWith("aud", "other"));
    FakeIntrospection.denied(Denial.AUDIENCE, validator);
    FakeIntrospection.denied(Denial.AUDIENCE, validator);
    assertEquals(1, server.calls());

    server.advance(Duration.ofSeconds(2));
    FakeIntrospection.denied(Denial.AUDIENCE, validator);
    assertEquals(2, server.calls());
  }

  private static Function<FormRequest, FetchResult> goodIf(String prefix) {
    FetchResult good = FakeIssuer.document(FakeIntrospection.active());
    FetchResult bad = FakeIssuer.document(Map.of("active", false));
    return request -> FakeIntrospection.tokenOf(request).startsWith(prefix) ? good : bad;
  }

  @Test
  void IN16_asksAboutUnknownTokensAtALimitedPace() {
    server.answer(goodIf("good"));
    IntrospectionValidator validator = server.validator();
    FakeIntrospection.granted(validator, "good-token-0000000000");

    int asked = server.calls();
    for (int at = 0; at < 1000; at++) {
      FakeIntrospection.judge(validator, "garbage-token-" + (100_000 + at));
    }
    assertEquals(CallBudget.BURST, server.calls() - asked);
    FakeIntrospection.undecided(validator, "garbage-token-of-a-later-moment");

    // Who was in stays in, flood or not.
    server.advance(Duration.ofSeconds(31).minusNanos(1));
    server.advance(Duration.ofNanos(1));
    for (int at = 0; at < 2000; at++) {
      FakeIntrospection.judge(validator, "garbage-token-" + (200_000 + at));
    }
    FakeIntrospection.undecided(validator, "good-token-1111111111");
    FakeIntrospection.granted(validator, "good-token-0000000000");

    // And who is new gets in as soon as it is over.
    server.advance(Duration.ofSeconds(1));
    FakeIntrospection.granted(validator, "good-token-1111111111");
  }

  @Test
  void IN16_aFloodFromOnePlaceLeavesRoomForOthers() {
    server.answer(goodIf("good"));
    IntrospectionValidator validator = server.validator();

    for (int at = 0; at < 1000; at++) {
      FakeIntrospection.judge(validator, "garbage-token-" + (100_000 + at), "c0000201");
    }
    assertEquals(CallBudget.BURST / 2, server.calls());
    assertInstanceOf(
        Decision.Undecided.class,
        FakeIntrospection.judge(validator, "good-token-0000000000", "c0000201"));

    // Good tokens of another place cost it nothing, however many there are.
    for (int at = 0; at < 1000; at++) {
      assertInstanceOf(
          Decision.Granted.class,
          FakeIntrospection.judge(validator, "good-token-" + (100_000 + at), "c0000202"));
    }
  }

  @Test
  void IN16_I09_staysSmallUnderAMillionTokens() {
    FetchResult bad = FakeIssuer.document(Map.of("active", false));
    server.answer(bad);
    IntrospectionValidator validator = server.validator();

    for (int at = 0; at < 1_000_000; at++) {
      server.advance(Duration.ofMillis(20));
      FakeIntrospection.judge(validator, "garbage-token-" + at + "00000000");
    }

    assertEquals(1_000_000, server.calls());
    assertEquals(AnswerCache.MAX_ENTRIES, validator.cache().badEntries());
    assertEquals(0, validator.cache().goodEntries());
  }

  @Test
  void IN15_badTokensDisplaceNoGoodOne() {
    server.answer(goodIf("good"));
    IntrospectionValidator validator = server.validator(Duration.ofSeconds(60));
    FakeIntrospection.granted(validator, "good-token-0000000000");
    int asked = server.calls();

    int flood = 2 * CallBudget.BURST;
    for (int at = 0; at < flood; at++) {
      FakeIntrospection.judge(validator, "garbage-token-" + at + "00000000");
      server.advance(Duration.ofMillis(20));
    }

    assertEquals(flood, server.calls() - asked);
    FakeIntrospection.granted(validator, "good-token-0000000000");
    assertEquals(flood, server.calls() - asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "x", "===", "fifteen-letters"})
  void IN16_asksNobodyAboutWhatIsTooShortToBeAToken(String token) {
    if (!token.startsWith("=")) {
      FakeIntrospection.denied(Denial.TOKEN_MALFORMED, server.validator(), token);
    }
    assertEquals(0, server.calls());
  }

  @Test
  void IN16_asksNobodyAboutWhatIsTooLong() {
    FakeIntrospection.denied(Denial.TOKEN_TOO_LONG, server.validator(), "x".repeat(16 * 1024 + 1));
    assertEquals(0, server.calls());
    FakeIntrospection.granted(server.validator(), "x".repeat(16 * 1024));
    FakeIntrospection.granted(server.validator(), "x".repeat(16));
  }

  @Test
  void IN17_asksOnceForFiveHundredRequestsAtOnce() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    server.answer(
        request -> {
          asked.countDown();
          await(goOn);
          return FakeIssuer.document(FakeIntrospection.active());
        });
    IntrospectionValidator validator = server.validator();
    CyclicBarrier start = new CyclicBarrier(501);
    List<Future<Decision>> all = new ArrayList<>();
    for (int at = 0; at < 500; at++) {
      all.add(
          threads.submit(
              () -> {
                start.await(20, TimeUnit.SECONDS);
                return FakeIntrospection.judge(validator, FakeIntrospection.TOKEN);
              }));
    }
    start.await(20, TimeUnit.SECONDS);
    await(asked);
    goOn.countDown();

    for (Future<Decision> one : all) {
      assertInstanceOf(Decision.Granted.class, one.get(20, TimeUnit.SECONDS));
    }
    assertEquals(1, server.calls());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void IN18_followersOfAFailedRequestAreUndecided() throws Exception {
    IntrospectionValidator validator = server.validator();
    FakeIntrospection.granted(validator);
    server.advance(Duration.ofSeconds(30));
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    server.answer(
        request -> {
          asked.countDown();
          await(goOn);
          throw new IllegalStateException();
        });
    Future<Decision> leader =
        threads.submit(() -> FakeIntrospection.judge(validator, FakeIntrospection.TOKEN));
    await(asked);
    CountDownLatch waiting = new CountDownLatch(10);
    List<Future<Decision>> followers = new ArrayList<>();
    for (int at = 0; at < 10; at++) {
      followers.add(
          threads.submit(
              () -> {
                waiting.countDown();
                return FakeIntrospection.judge(validator, FakeIntrospection.TOKEN);
              }));
    }
    await(waiting);
    goOn.countDown();

    assertInstanceOf(Decision.Undecided.class, leader.get(20, TimeUnit.SECONDS));
    for (Future<Decision> one : followers) {
      // The old good answer serves nobody any more.
      assertInstanceOf(Decision.Undecided.class, one.get(20, TimeUnit.SECONDS));
    }
    server.answer(FakeIntrospection.active());
    FakeIntrospection.granted(validator);
  }

  /** Lets every question wait for a latch, and starts one about each of these tokens. */
  private List<Future<Decision>> questions(
      IntrospectionValidator validator, String prefix, int count, CountDownLatch goOn) {
    CountDownLatch asked = new CountDownLatch(count);
    server.answer(
        request -> {
          asked.countDown();
          await(goOn);
          return FakeIssuer.document(FakeIntrospection.active());
        });
    List<Future<Decision>> all = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      String token = prefix + (1000 + at);
      all.add(threads.submit(() -> FakeIntrospection.judge(validator, token)));
    }
    await(asked);
    return all;
  }

  private static void allGranted(List<Future<Decision>> all) throws Exception {
    for (Future<Decision> one : all) {
      assertInstanceOf(Decision.Granted.class, one.get(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void IN6_asksOnlySoManyTimesAtOnce() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    IntrospectionValidator validator = server.validator();
    List<Future<Decision>> all =
        questions(validator, "token-of-request-", IntrospectionValidator.MAX_UNKNOWN, goOn);

    // No thread waits for a server that is busy already.
    FakeIntrospection.undecided(validator, "token-of-one-more-request");
    goOn.countDown();
    allGranted(all);
    FakeIntrospection.granted(validator, "token-of-one-more-request");
  }

  @Test
  void IN6_IN16_unknownTokensLeavePlacesToGoodOnesWhileTheServerIsSlow() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    IntrospectionValidator validator = server.validator();
    int reserve = IntrospectionValidator.MAX_CALLS - IntrospectionValidator.MAX_UNKNOWN;
    for (int at = 0; at <= reserve; at++) {
      FakeIntrospection.granted(validator, "good-token-of-before-" + (1000 + at));
    }
    server.advance(Duration.ofSeconds(30));
    List<Future<Decision>> all = new ArrayList<>();
    all.addAll(questions(validator, "unknown-token-", IntrospectionValidator.MAX_UNKNOWN, goOn));
    FakeIntrospection.undecided(validator, "unknown-token-of-one-more-request");

    all.addAll(questions(validator, "good-token-of-before-", reserve, goOn));
    FakeIntrospection.undecided(validator, "good-token-of-before-" + (1000 + reserve));
    goOn.countDown();
    allGranted(all);
  }

  @Test
  void IN19_noAnswerGoesToAnotherToken() throws Exception {
    server.answer(
        request -> {
          String token = FakeIntrospection.tokenOf(request);
          server.advance(Duration.ofNanos(1));
          return FakeIssuer.text(
              "{\"active\":true,\"sub\":\"of-"
                  + token
                  + "\",\"aud\":\""
                  + Bench.RESOURCE
                  + "\",\"exp\":"
                  + (Bench.SECONDS + 3600)
                  + "}");
        });
    IntrospectionValidator validator = server.validator(Duration.ofMillis(1));
    int racers = 8;
    List<Future<Integer>> all = new ArrayList<>();
    for (int racer = 0; racer < racers; racer++) {
      int seed = racer;
      all.add(
          threads.submit(
              () -> {
                int good = 0;
                for (int at = 0; at < 125_000; at++) {
                  String token = "token-number-" + (100_000 + (at * 7 + seed) % 64);
                  String subject = FakeIntrospection.granted(validator, token).subject();
                  good += subject.equals("of-" + token) ? 1 : 0;
                }
                return good;
              }));
    }

    for (Future<Integer> one : all) {
      assertEquals(125_000, one.get(50, TimeUnit.SECONDS));
    }
  }

  @Test
  void IN24_aCachedAnswerServesOneResourceOnly() {
    ResourceIdentifier other = ResourceIdentifier.parse("https://mcp.example.com/other");
    IntrospectionValidator validator = server.validator();
    FakeIntrospection.granted(validator);

    Decision decision = validator.validate(BearerToken.of(FakeIntrospection.TOKEN), other);

    assertEquals(Denial.AUDIENCE, assertInstanceOf(Decision.Denied.class, decision).why());
    assertEquals(2, server.calls());
    FakeIntrospection.granted(validator);
    assertEquals(2, server.calls());
  }

  @Test
  void IN13_everyCharacterOfATokenCounts() {
    server.answer(goodIf(FakeIntrospection.TOKEN + "="));
    IntrospectionValidator validator = server.validator();

    FakeIntrospection.granted(validator, FakeIntrospection.TOKEN + "=");
    FakeIntrospection.denied(Denial.INACTIVE, validator, FakeIntrospection.TOKEN);
    FakeIntrospection.granted(validator, FakeIntrospection.TOKEN + "==");
    assertEquals(3, server.calls());
  }

  @Test
  void I09_neverPrintsAToken() {
    IntrospectionValidator validator = server.validator();
    Decision granted = FakeIntrospection.judge(validator, FakeIntrospection.TOKEN);
    server.answer(Map.of("active", false));
    Decision denied = FakeIntrospection.judge(validator, "another-token-0123456789");

    assertFalse(granted.toString().contains(FakeIntrospection.TOKEN));
    assertFalse(denied.toString().contains("another-token"));
    assertFalse(server.requests.get(0).toString().contains(FakeIntrospection.TOKEN));
  }
}
