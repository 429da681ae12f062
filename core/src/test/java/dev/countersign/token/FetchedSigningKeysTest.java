package dev.countersign.token;

import static dev.countersign.token.Bench.EC;
import static dev.countersign.token.Bench.ED;
import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.FakeIssuer.JWKS;
import static dev.countersign.token.FakeIssuer.METADATA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.internal.FetchResult.Cause;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.token.SigningKeys.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time moves by hand. Unless a test says otherwise, a refresh runs on the thread that wants it. */
@Timeout(60)
class FetchedSigningKeysTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final FakeIssuer issuer = new FakeIssuer();
  private final FetchedSigningKeys keys = keysWith(Runnable::run, PATIENCE);
  private final List<ExecutorService> pools = new ArrayList<>();

  private FetchedSigningKeys keysWith(Executor threads, Duration patience) {
    KeySource source = new IssuerKeySource(Bench.strict(), issuer, issuer);
    return new FetchedSigningKeys(source, threads, issuer, patience);
  }

  private ExecutorService pool(int threads) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    pools.add(pool);
    return pool;
  }

  @AfterEach
  void endPools() {
    pools.forEach(ExecutorService::shutdownNow);
  }

  private void found(TokenMint mint) {
    assertInstanceOf(Answer.Found.class, find(mint));
  }

  private void unknown(TokenMint mint) {
    assertInstanceOf(Answer.Unknown.class, find(mint));
  }

  private void unavailable(TokenMint mint) {
    assertInstanceOf(Answer.Unavailable.class, find(mint));
  }

  private Answer find(TokenMint mint) {
    return keys.find(mint.keyId(), mint.algorithm());
  }

  private static TokenMint random(int number) {
    return RSA.named("random-" + number);
  }

  /** Lets time go by in steps of one second, each with a look whether a refresh is due. */
  private void live(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      issuer.advance(SECOND);
      keys.refreshIfDue();
    }
  }

  @Test
  void O08_fetchesNothingUntilATokenNeedsAKey() {
    live(Duration.ofMinutes(10));
    assertEquals(List.of(), issuer.asked);

    issuer.publish(RSA);
    found(RSA);
    assertEquals(List.of(METADATA, JWKS), issuer.asked);
  }

  @Test
  void KS1_O07_manyColdRequestsCauseOneFetch() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    issuer.answer(
        JWKS,
        () -> {
          asked.countDown();
          awaitQuietly(go);
          return FakeIssuer.keySet(RSA);
        });
    FetchedSigningKeys shared = keysWith(pool(2), PATIENCE);
    ExecutorService callers = pool(60);
    Callable<Answer> call = () -> shared.find("rsa-1", SignatureAlgorithm.RS256);
    List<Future<Answer>> answers = new ArrayList<>();
    for (int count = 0; count < 200; count++) {
      answers.add(callers.submit(call));
    }
    awaitQuietly(asked);
    go.countDown();

    for (Future<Answer> answer : answers) {
      assertInstanceOf(Answer.Found.class, answer.get());
    }
    assertEquals(List.of(METADATA, JWKS), issuer.asked);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void KS2_J18_aFloodOfRandomKidsCausesAtMost12FetchesAMinute() {
    issuer.publish(RSA);
    found(RSA);
    live(Duration.ofMinutes(2));
    int before = issuer.asked.size();
    for (int step = 0; step < 600; step++) {
      for (int request = 0; request < 20; request++) {
        unknown(random(step * 20 + request));
      }
      found(RSA);
      issuer.advance(Duration.ofMillis(100));
    }

    int fetches = issuer.asked.size() - before;
    assertTrue(fetches >= 11 && fetches <= 12, fetches + " fetches");
  }

  @Test
  void KS3_O04_aRotatedKeyIsAcceptedWithin6SecondsOfAFlood() {
    issuer.publish(RSA);
    found(RSA);
    live(Duration.ofSeconds(20));
    for (int request = 0; request < 500; request++) {
      unknown(random(request));
    }
    issuer.publish(RSA, EC);
    int seconds = 0;
    while (find(EC) instanceof Answer.Unknown) {
      unknown(random(seconds));
      issuer.advance(SECOND);
      seconds++;
    }

    assertTrue(seconds <= 5, seconds + " seconds");
  }

  @Test
  void KS4_O04_aKidThatWasUnknownIsAcceptedOnceItAppears() {
    issuer.publish(RSA);
    unknown(EC);
    unknown(EC);
    issuer.publish(RSA, EC);
    issuer.advance(Duration.ofSeconds(5));

    found(EC);
  }

  @Test
  void J18_aRotatedKeyIsAcceptedAtOnceWhenNothingWasFetchedLately() {
    issuer.publish(RSA);
    found(RSA);
    issuer.advance(Duration.ofSeconds(10));
    issuer.publish(EC);

    found(EC);
    assertEquals(2, issuer.fetchesOf(JWKS));
    assertEquals(1, issuer.fetchesOf(METADATA));
  }

  @Test
  void O03_refreshesBeforeTheKeysAreStaleAndNotEarlier() {
    issuer.publish(RSA);
    found(RSA);
    live(Duration.ofSeconds(239));
    assertEquals(1, issuer.fetchesOf(JWKS));
    live(Duration.ofSeconds(1));
    assertEquals(2, issuer.fetchesOf(JWKS));
    live(Duration.ofSeconds(239));
    assertEquals(2, issuer.fetchesOf(JWKS));
  }

  @Test
  void KS30_theLifeOfAKeySetIsBounded() {
    issuer.answer(
        JWKS,
        () ->
            FakeIssuer.document(Map.of("keys", List.of(RSA.jwk())), "cache-control", "max-age=0"));
    found(RSA);
    live(Duration.ofMinutes(10));

    assertTrue(issuer.fetchesOf(JWKS) <= 14, issuer.fetchesOf(JWKS) + " fetches");
  }

  @Test
  void KS16_O04_aRemovedKeyIsRefusedAfterTheNextRefresh() {
    issuer.publish(RSA, EC);
    found(EC);
    issuer.publish(RSA);
    live(Duration.ofMinutes(5));

    unknown(EC);
    found(RSA);
  }

  @Test
  void AL6_aKeyThatStaysIsTheSameObjectAfterARefresh() {
    issuer.publish(RSA);
    Answer before = find(RSA);
    issuer.publish(EC, RSA);
    live(Duration.ofMinutes(5));
    found(EC);

    assertSame(((Answer.Found) before).key(), ((Answer.Found) find(RSA)).key());
  }

  @Test
  void KS17_followsARotationThatGoesBackAndForth() {
    for (int turn = 0; turn < 20; turn++) {
      TokenMint now = turn % 2 == 0 ? RSA : EC;
      issuer.publish(now);
      live(Duration.ofSeconds(6));
      found(now);
      unknown(turn % 2 == 0 ? EC : RSA);
    }
  }

  @Test
  void KS18_O03_theLastKeysServeOnForAnHourOfOutage() {
    issuer.publish(RSA);
    found(RSA);
    live(Duration.ofMinutes(4));
    issuer.vanish();
    live(Duration.ofMinutes(60));
    found(RSA);
    // What is not known cannot be refused either: the key may be new.
    unavailable(EC);

    live(Duration.ofMinutes(6));
    unavailable(RSA);

    issuer.answer(METADATA, FakeIssuer::metadata);
    issuer.publish(RSA);
    live(Duration.ofSeconds(5));
    found(RSA);
  }

  @Test
  void KS19_KS20_healsWithin5SecondsOfAnOutageAtTheStart() {
    issuer.vanish();
    unavailable(RSA);
    live(Duration.ofMinutes(3));
    unavailable(RSA);
    int attempts = issuer.asked.size();
    assertTrue(attempts <= 3 * 12 + 1, attempts + " attempts");

    issuer.answer(METADATA, FakeIssuer::metadata);
    issuer.publish(RSA);
    live(Duration.ofSeconds(5));
    assertEquals(1, issuer.fetchesOf(JWKS));
    found(RSA);
  }

  @Test
  void KS21_aFlappingIssuerIsNotNoticed() {
    issuer.publish(RSA);
    found(RSA);
    int[] count = {0};
    issuer.answer(JWKS, () -> ++count[0] % 2 == 0 ? FakeIssuer.keySet(RSA) : FakeIssuer.outage());
    for (int minute = 0; minute < 120; minute++) {
      live(Duration.ofMinutes(1));
      found(RSA);
    }
  }

  @Test
  void KS13_KS14_AL25_aBadDocumentLeavesTheLastKeysAlone() {
    issuer.publish(RSA);
    found(RSA);
    List<Object> tooMany = new ArrayList<>(Collections.nCopies(65, EC.jwk()));
    for (var bad :
        List.of(
            FakeIssuer.document(Map.of("keys", List.of())),
            FakeIssuer.document(Map.of("keys", Map.of())),
            FakeIssuer.document(Map.of("keys", tooMany)),
            FakeIssuer.document(Map.of()),
            FakeIssuer.text("{\"keys\":[]"),
            FakeIssuer.text("{\"keys\":[],\"keys\":[]}"),
            FakeIssuer.text("{\"keys\":[]} x"),
            FakeIssuer.text("\uFEFF{\"keys\":[]}"),
            FakeIssuer.text("<html>"),
            FakeIssuer.text(""),
            new Failed(Cause.TOO_LARGE),
            new Failed(Cause.REDIRECT, 302, Duration.ZERO),
            new Failed(Cause.STATUS, 500, Duration.ZERO))) {
      issuer.answer(JWKS, () -> bad);
      live(Duration.ofMinutes(6));
      found(RSA);
      unavailable(EC);

      issuer.publish(RSA);
      live(Duration.ofSeconds(25));
      unknown(EC);
    }
  }

  @Test
  void KS11_leavesTheServerAloneForAsLongAsItAsks() {
    issuer.answer(METADATA, () -> new Failed(Cause.STATUS, 429, Duration.ofSeconds(30)));
    unavailable(RSA);
    live(Duration.ofSeconds(29));
    assertEquals(1, issuer.asked.size());
    live(Duration.ofSeconds(1));
    assertEquals(2, issuer.asked.size());

    issuer.answer(METADATA, () -> new Failed(Cause.STATUS, 503, Duration.ofDays(1)));
    live(Duration.ofSeconds(30));
    live(Duration.ofSeconds(59));
    assertEquals(3, issuer.asked.size());
    live(Duration.ofSeconds(1));
    assertEquals(4, issuer.asked.size());
  }

  @Test
  void KS31_aLongPauseCausesOneFetch() {
    issuer.publish(RSA);
    found(RSA);
    issuer.advance(Duration.ofDays(1));
    for (int request = 0; request < 100; request++) {
      found(RSA);
      keys.refreshIfDue();
    }

    assertEquals(2, issuer.fetchesOf(JWKS));
  }

  @Test
  void KS32_aRequestRefreshesWhenNobodyElseDoes() {
    issuer.publish(RSA);
    found(RSA);
    issuer.advance(Duration.ofMinutes(6));
    found(RSA);

    assertEquals(2, issuer.fetchesOf(JWKS));
  }

  @Test
  void KS32_aFaultWhileFetchingEndsNothing() {
    issuer.answer(
        JWKS,
        () -> {
          throw new IllegalStateException("bug");
        });
    unavailable(RSA);
    issuer.publish(RSA);
    live(Duration.ofSeconds(5));

    found(RSA);
  }

  @Test
  void KS32_aRefusedThreadEndsNothing() {
    boolean[] full = {true};
    FetchedSigningKeys crowded =
        keysWith(
            work -> {
              if (full[0]) {
                throw new RejectedExecutionException();
              }
              work.run();
            },
            PATIENCE);
    issuer.publish(RSA);
    assertInstanceOf(Answer.Unavailable.class, crowded.find("rsa-1", SignatureAlgorithm.RS256));
    full[0] = false;
    issuer.advance(Duration.ofSeconds(5));

    assertInstanceOf(Answer.Found.class, crowded.find("rsa-1", SignatureAlgorithm.RS256));
  }

  @Test
  void KS32_aThreadThatCannotBeStartedIsAnOutageAndEndsNothing() {
    boolean[] exhausted = {false};
    FetchedSigningKeys poor =
        keysWith(
            work -> {
              if (exhausted[0]) {
                throw new InternalError("unable to create native thread");
              }
              work.run();
            },
            PATIENCE);
    issuer.publish(RSA);
    assertInstanceOf(Answer.Found.class, poor.find("rsa-1", SignatureAlgorithm.RS256));
    exhausted[0] = true;
    issuer.publish(RSA, ED);
    issuer.advance(Duration.ofMinutes(1));
    assertInstanceOf(Answer.Unavailable.class, poor.find("ed-1", SignatureAlgorithm.EDDSA));
    exhausted[0] = false;
    issuer.advance(Duration.ofMinutes(1));

    assertInstanceOf(Answer.Found.class, poor.find("ed-1", SignatureAlgorithm.EDDSA));
  }

  @Test
  void KS33_anInterruptedRequestIsUndecidedAndStaysInterrupted() {
    issuer.publish(RSA);
    Queue<Runnable> waiting = new ArrayDeque<>();
    FetchedSigningKeys slow = keysWith(waiting::add, PATIENCE);
    Thread.currentThread().interrupt();

    assertInstanceOf(Answer.Unavailable.class, slow.find("rsa-1", SignatureAlgorithm.RS256));
    assertTrue(Thread.interrupted());

    waiting.remove().run();
    assertInstanceOf(Answer.Found.class, slow.find("rsa-1", SignatureAlgorithm.RS256));
  }

  @Test
  void KS6_KS7_aRequestWaitsForALimitedTimeOnly() {
    issuer.publish(RSA);
    Queue<Runnable> hanging = new ArrayDeque<>();
    FetchedSigningKeys slow = keysWith(hanging::add, Duration.ofMillis(20));

    assertInstanceOf(Answer.Unavailable.class, slow.find("rsa-1", SignatureAlgorithm.RS256));
    assertInstanceOf(Answer.Unavailable.class, slow.find("rsa-1", SignatureAlgorithm.RS256));
    assertEquals(1, hanging.size());
  }

  @Test
  void KS36_onlySoManyRequestsWaitAndTheOthersAreAnsweredAtOnce() throws Exception {
    issuer.publish(RSA);
    AtomicReference<Runnable> hanging = new AtomicReference<>();
    FetchedSigningKeys slow = keysWith(hanging::set, PATIENCE);
    int callers = 1000;
    ExecutorService pool = pool(callers);
    CountDownLatch turnedAway = new CountDownLatch(callers - FetchedSigningKeys.MAX_WAITING);
    List<Future<Answer>> answers = new ArrayList<>();
    for (int count = 0; count < callers; count++) {
      answers.add(
          pool.submit(
              () -> {
                Answer answer = slow.find("rsa-1", SignatureAlgorithm.RS256);
                turnedAway.countDown();
                return answer;
              }));
    }
    awaitQuietly(turnedAway);
    hanging.get().run();

    int served = 0;
    for (Future<Answer> answer : answers) {
      served += answer.get() instanceof Answer.Found ? 1 : 0;
    }
    assertEquals(FetchedSigningKeys.MAX_WAITING, served);
  }

  @Test
  void KS35_aHangingIssuerHoldsUpNoneOfFour() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    issuer.answer(
        JWKS,
        () -> {
          awaitQuietly(go);
          return FakeIssuer.keySet(RSA);
        });
    try (KeyThreads threads = new KeyThreads(5)) {
      FetchedSigningKeys hanging = keysWith(threads, PATIENCE);
      Future<Answer> slow = pool(1).submit(() -> hanging.find("rsa-1", SignatureAlgorithm.RS256));
      for (int count = 0; count < 4; count++) {
        FakeIssuer other = new FakeIssuer();
        other.publish(ED);
        FetchedSigningKeys quick =
            new FetchedSigningKeys(
                new IssuerKeySource(Bench.strict(), other, other), threads, other, PATIENCE);

        assertInstanceOf(Answer.Found.class, quick.find("ed-1", SignatureAlgorithm.EDDSA));
      }
      assertFalse(slow.isDone());
      go.countDown();
      assertInstanceOf(Answer.Found.class, slow.get());
    }
  }

  @Test
  void KS37_virtualThreadsThatWaitHoldNoCarrier() throws Exception {
    assumeTrue(Runtime.version().feature() >= 24, "virtual threads that never pin on a monitor");
    issuer.publish(RSA);
    AtomicReference<Runnable> hanging = new AtomicReference<>();
    FetchedSigningKeys slow = keysWith(hanging::set, PATIENCE);
    ExecutorService virtual =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    pools.add(virtual);
    int callers = 10_000;
    CountDownLatch turnedAway = new CountDownLatch(callers - FetchedSigningKeys.MAX_WAITING);
    List<Future<Answer>> answers = new ArrayList<>();
    for (int count = 0; count < callers; count++) {
      answers.add(
          virtual.submit(
              () -> {
                Answer answer = slow.find("rsa-1", SignatureAlgorithm.RS256);
                turnedAway.countDown();
                return answer;
              }));
    }
    awaitQuietly(turnedAway);
    virtual.submit(() -> hanging.get().run()).get();

    int served = 0;
    for (Future<Answer> answer : answers) {
      served += answer.get() instanceof Answer.Found ? 1 : 0;
    }
    assertEquals(FetchedSigningKeys.MAX_WAITING, served);
  }

  @Test
  void aKeyThatDoesNotFitCausesNoFetch() {
    issuer.publish(RSA);
    found(RSA);
    issuer.advance(Duration.ofSeconds(10));

    assertInstanceOf(Answer.Unfit.class, find(RSA.using(SignatureAlgorithm.PS256)));
    assertEquals(1, issuer.fetchesOf(JWKS));
  }

  @Test
  void aRequestCausesNoMoreThanOneRefresh() {
    issuer.publish(RSA);
    found(RSA);
    issuer.advance(Duration.ofSeconds(10));
    unknown(EC);

    assertEquals(2, issuer.fetchesOf(JWKS));
  }
}
