package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.EndStreams;
import dev.countersign.config.Mode;
import dev.countersign.config.SessionBuilder;
import dev.countersign.http.Response;
import dev.countersign.spi.Lease;
import dev.countersign.spi.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams, from the admission to their end. */
class StreamsTest {

  private static final String ALICE = CallerTokens.of("alice");
  private static final String BOB = CallerTokens.of("bob");
  private static final MemoryHead STREAM =
      MemoryHead.of(200).with("Content-Type", "text/event-stream;charset=UTF-8");

  private final SettableClock clock = new SettableClock();
  private final CallerTokens tokens = new CallerTokens(clock);
  private ResourceServer engine = engine(rules -> {});

  private ResourceServer engine(Consumer<SessionBuilder> rules) {
    return Engines.engine(
        config -> {
          config.tokenValidator(tokens).clock(clock);
          rules.accept(config.sessions());
        });
  }

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  /** An open response, and the end of it. */
  private record Open(Lease lease, CompletableFuture<Boolean> end) {

    boolean hasEnded() {
      return end.isDone();
    }

    void ends() throws ExecutionException, InterruptedException, TimeoutException {
      assertTrue(end.get(10, TimeUnit.SECONDS));
    }
  }

  private static MemoryExchange get(String token) {
    return MemoryExchange.of("GET", "/mcp").bearer(token).field("Accept", "text/event-stream");
  }

  private static MemoryExchange post(String token) {
    return MemoryExchange.of("POST", "/mcp").bearer(token);
  }

  private static MemoryExchange listen(String token) {
    return post(token)
        .field("MCP-Protocol-Version", "2026-07-28")
        .field("Mcp-Method", "subscriptions/listen");
  }

  private Open open(MemoryExchange request) {
    return open(request, STREAM);
  }

  private Open open(MemoryExchange request, MemoryHead head) {
    assertTrue(request.admittedBy(engine));
    Open open = new Open(request.lease(), new CompletableFuture<>());
    open.lease.onEnd(() -> open.end.complete(true));
    engine.complete(request, head);
    return open;
  }

  @Test
  void H21_MC24_aStreamEndsWithItsToken() throws Exception {
    Open stream = open(get(ALICE));
    Open listening = open(listen(ALICE));
    assertEquals(clock.instant().plusSeconds(3630), stream.lease.until());
    clock.advance(Duration.ofSeconds(3630).minusNanos(1));
    engine.endStreams();
    Open later = open(get("id/alice/client/mcp_read/3631"));
    clock.advance(Duration.ofNanos(1));
    engine.endStreams();

    stream.ends();
    listening.ends();
    assertFalse(later.hasEnded());
  }

  @Test
  void H21_aStreamOfACallEndsByOptionOnly() throws Exception {
    Open call = open(post(ALICE));
    clock.advance(Duration.ofHours(2));
    engine.endStreams();
    assertSame(
        Lease.NONE,
        open(post("id/a/client/mcp_read/99999")
                .field("Mcp-Session-Id", "")
                .field("MCP-Protocol-Version", "2026-07-28"))
            .lease);

    clock.advance(Duration.ofHours(-2));
    engine.close();
    engine = engine(rules -> rules.endStreams(EndStreams.ALL));
    Open ended = open(post(ALICE));
    clock.advance(Duration.ofHours(2));
    engine.endStreams();
    ended.ends();
    assertFalse(call.hasEnded());
  }

  @Test
  void noStreamEndsWhereThatIsOff() {
    engine.close();
    engine = engine(rules -> rules.endStreams(EndStreams.NONE).binding(false));

    assertSame(Lease.NONE, open(get(ALICE)).lease);
    assertEquals(
        List.of(
            "session-binding=false (whoever knows a session can use it)",
            "end-streams=none (a stream outlives its token)"),
        engine.config().relaxations());
  }

  @Test
  void onlyAnEventStreamIsAStream() {
    MemoryExchange page = get(ALICE);
    assertTrue(page.admittedBy(engine));
    page.lease().onEnd(() -> {});

    assertFalse(page.lease().begin(MemoryHead.of(200)));
    assertFalse(page.lease().begin(MemoryHead.of(200).with("Content-Type", "text/html")));
    assertFalse(page.lease().begin(MemoryHead.of(404).with("Content-Type", "text/event-stream")));
    assertTrue(page.lease().begin(MemoryHead.of(200).with("Content-Type", "Text/Event-Stream")));
  }

  @Test
  void H21_MC25_aRevocationEndsItAtOnce() throws Exception {
    for (Revocation revocation :
        List.of(
            new Revocation(Revocation.Kind.SUBJECT, "id", "alice"),
            new Revocation(Revocation.Kind.SESSION, "id", "login-of-alice"))) {
      Open alices = open(get(ALICE));
      Open bobs = open(get(BOB));
      engine.revoke(revocation, Duration.ofHours(1));

      alices.ends();
      assertFalse(bobs.hasEnded());
      engine.restore(revocation);
    }
  }

  @Test
  void MC25_anInactiveTokenEndsItWithinAMinute() throws Exception {
    Open stream = open(get(ALICE));
    Open other = open(get(BOB));
    tokens.inactive.add(ALICE);
    clock.advance(Streams.CHECK_INTERVAL);
    engine.endStreams();

    stream.ends();
    assertFalse(other.hasEnded());
  }

  @Test
  void anOutageEndsNoStreamBeforeItsTime() throws Exception {
    Open stream = open(get(ALICE));
    Open sooner = open(get("id/alice/client/mcp_read/60"));
    tokens.outage = true;
    clock.advance(Duration.ofSeconds(90));
    engine.endStreams();

    sooner.ends();
    assertFalse(stream.hasEnded());
  }

  @Test
  void MC26_oneCallerHasSoManyAndNoMore() throws Exception {
    engine.close();
    engine = engine(rules -> rules.maxStreams(2));
    Open first = open(get(ALICE));
    Open second = open(listen(ALICE));

    for (MemoryExchange third : List.of(get(ALICE), listen(ALICE))) {
      Response answer = third.refusedBy(engine);
      assertEquals(429, answer.status());
      assertEquals(List.of("60"), answer.values("Retry-After"));
      assertEquals(List.of(), answer.values("WWW-Authenticate"));
    }
    assertTrue(post(ALICE).admittedBy(engine));
    assertTrue(get(BOB).admittedBy(engine));
    assertTrue(get("id/alice/other/mcp_read/3600").admittedBy(engine));

    first.lease.close();
    Open third = open(get(ALICE));
    assertFalse(second.hasEnded());
    assertFalse(third.hasEnded());
  }

  @Test
  void MC26_oneThatCouldNotBeForeseenEndsAtOnce() throws Exception {
    engine.close();
    engine = engine(rules -> rules.maxStreams(1));
    MemoryExchange one = get(ALICE);
    MemoryExchange other = get(ALICE);
    assertTrue(one.admittedBy(engine));
    assertTrue(other.admittedBy(engine));
    CompletableFuture<Boolean> end = new CompletableFuture<>();
    one.lease().onEnd(() -> {});
    other.lease().onEnd(() -> end.complete(true));
    engine.complete(one, STREAM);
    engine.complete(other, STREAM);

    assertTrue(end.get(10, TimeUnit.SECONDS));
    // What ended at once never counted.
    other.lease().close();
    assertEquals(429, get(ALICE).refusedBy(engine).status());
    one.lease().close();
    assertTrue(get(ALICE).admittedBy(engine));
  }

  @Test
  void aStreamThatNobodyCanEndDoesNotCount() {
    engine.close();
    engine = engine(rules -> rules.maxStreams(1));
    for (int at = 0; at < 3; at++) {
      MemoryExchange stream = get(ALICE);
      assertTrue(stream.admittedBy(engine));
      engine.complete(stream, STREAM);
    }
  }

  @Test
  void whatIsOverIsNotEnded() throws Exception {
    Open stream = open(get(ALICE));
    stream.lease.close();
    stream.lease.close();
    Open other = open(get(ALICE));
    engine.revoke(new Revocation(Revocation.Kind.SUBJECT, "id", "alice"), Duration.ofHours(1));

    other.ends();
    assertFalse(stream.hasEnded());
  }

  @Test
  void anEndThatFailsHurtsNoOther() throws Exception {
    MemoryExchange request = get(ALICE);
    assertTrue(request.admittedBy(engine));
    request
        .lease()
        .onEnd(
            () -> {
              throw new IllegalStateException("the connection is gone");
            });
    engine.complete(request, STREAM);
    Open other = open(get(ALICE));
    engine.revoke(new Revocation(Revocation.Kind.SUBJECT, "id", "alice"), Duration.ofHours(1));

    other.ends();
  }

  @Test
  void theEndOfTheEngineIsTheEndOfEveryStream() throws Exception {
    Open stream = open(get(ALICE));
    engine.close();

    stream.ends();
  }

  @Test
  void aReloadKeepsTheStreamsAndJudgesThemAnew() throws Exception {
    Open stream = open(get(ALICE));
    CallerTokens others = new CallerTokens(clock);
    others.inactive.add(ALICE);
    assertTrue(engine.reload(() -> Engines.builder().tokenValidator(others).clock(clock).build()));
    assertFalse(stream.hasEnded());
    clock.advance(Streams.CHECK_INTERVAL);
    engine.endStreams();

    stream.ends();
  }

  @Test
  void nothingEndsInReportOnlyMode() {
    engine.close();
    engine =
        Engines.engine(
            config -> {
              config.tokenValidator(tokens).clock(clock).mode(Mode.REPORT_ONLY);
              config.sessions().binding(false);
            });

    assertSame(Lease.NONE, open(get(ALICE)).lease);
  }

  @Test
  void aLeaseOfNothingNeverEnds() {
    Lease.NONE.onEnd(() -> {});

    assertEquals(Instant.MAX, Lease.NONE.until());
    assertFalse(Lease.NONE.begin(STREAM));
    assertEquals("", Lease.NONE.lastEvent());
    Lease.NONE.close();
  }
}
