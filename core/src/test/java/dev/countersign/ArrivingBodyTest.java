package dev.countersign;

import static dev.countersign.Engines.builder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.Mode;
import dev.countersign.config.ToolChallenges;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.ArrivingBody;
import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.DecisionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Bodies for which no thread waits. */
class ArrivingBodyTest {

  private static final byte[] CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"free\"}}"
          .getBytes(StandardCharsets.UTF_8);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-26T00:00:00Z"));
  private final StubValidator validator = new StubValidator();
  private final List<DecisionEvent> told = new ArrayList<>();
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final Body body = new Body();

  /** A body that arrives when the test says so. */
  private static final class Body implements ArrivingBody {

    private final CompletableFuture<byte[]> content = new CompletableFuture<>();
    private BodyAllowance allowance = new BodyMemory(0, () -> Instant.EPOCH).lend();
    private int begun;

    @Override
    public CompletableFuture<byte[]> arrive(int limit, BodyAllowance given) {
      begun++;
      allowance = given;
      return content;
    }

    void arrives(byte[] bytes) throws IOException {
      allowance.take(bytes.length);
      content.complete(bytes);
    }
  }

  private ConfigBuilder settings() {
    return builder()
        .tokenValidator(validator)
        .requiredScopes("mcp:read")
        .listener(told::add)
        .clock(clock);
  }

  private ResourceServer withRule() {
    return ResourceServer.create(settings().toolScope("free", "mcp:read").build());
  }

  private ResourceServer reportOnly() {
    return ResourceServer.create(
        settings().toolScope("free", "mcp:read").mode(Mode.REPORT_ONLY).build());
  }

  private MemoryExchange post(String token) {
    return MemoryExchange.of("POST", "/mcp")
        .bearer(token)
        .field("Content-Type", "application/json")
        .body(body);
  }

  private void runAll() {
    while (!threads.isEmpty()) {
      threads.remove().run();
    }
  }

  @Test
  void HT8_RX5_takesAThreadOnlyWhenItIsThere() throws Exception {
    MemoryExchange exchange = post("good.mcp_read");

    CompletableFuture<Boolean> verdict = withRule().admit(exchange, threads::add);

    assertEquals(1, body.begun);
    assertFalse(verdict.isDone());
    assertEquals(0, threads.size());
    body.arrives(CALL);
    assertEquals(1, threads.size());
    assertFalse(verdict.isDone(), "judged on the thread that has brought the body");
    runAll();
    assertTrue(verdict.join());
    assertTrue(exchange.admission().accessToken().isPresent());
  }

  @Test
  void judgesTheTokenOnceAndTellsOnce() throws Exception {
    CompletableFuture<Boolean> verdict = withRule().admit(post("good.mcp_read"), threads::add);
    assertEquals(List.of(), told);
    body.arrives(CALL);
    runAll();

    assertTrue(verdict.join());
    assertEquals(1, body.begun);
    assertEquals(1, validator.asked.size());
    assertEquals(1, told.size());
  }

  @Test
  void readsNothingOfWhoIsRefusedAnyway() {
    CompletableFuture<Boolean> verdict = withRule().admit(post("bad"), threads::add);

    assertFalse(verdict.join());
    assertEquals(0, body.begun);
  }

  // The body is needed for the answer alone, after everybody was told of the decision.
  @Test
  void tellsOnceOfADecisionWhoseAnswerWaitsForTheBody() throws Exception {
    ResourceServer engine =
        ResourceServer.create(settings().toolChallenges(ToolChallenges.META).build());
    MemoryExchange exchange = post("good.other");
    CompletableFuture<Boolean> verdict = engine.admit(exchange, threads::add);
    assertFalse(verdict.isDone());
    body.arrives(CALL);
    runAll();

    assertFalse(verdict.join());
    assertEquals(1, told.size());
    assertEquals(1, validator.asked.size());
  }

  @Test
  void HT11_aBodyThatBreaksOffIsRefused() {
    MemoryExchange exchange = post("good.mcp_read");
    CompletableFuture<Boolean> verdict = withRule().admit(exchange, threads::add);
    body.content.completeExceptionally(new IOException("reset by peer"));
    runAll();

    assertFalse(verdict.join());
    assertEquals(Denial.BODY_INCOMPLETE, reason());
  }

  private Denial reason() {
    return ((Decision.Denied) told.get(0).decision()).why();
  }

  private static void busy(Runnable task) {
    throw new RejectedExecutionException("all are busy");
  }

  private static void exhausted(Runnable task) {
    throw new OutOfMemoryError("unable to create native thread");
  }

  @Test
  void RX15_isAnsweredWhenNoThreadIsLeft() throws Exception {
    for (Executor none : List.<Executor>of(ArrivingBodyTest::busy, ArrivingBodyTest::exhausted)) {
      Body sent = new Body();
      MemoryExchange exchange = post("good.mcp_read").body(sent);
      CompletableFuture<Boolean> verdict = withRule().admit(exchange, none);
      sent.arrives(CALL);

      assertTrue(verdict.isDone());
      assertFalse(verdict.join());
      assertEquals(503, exchange.answer().status());
      assertThrows(IOException.class, () -> sent.allowance.take(1), "nothing more is lent");
    }
  }

  @Test
  void reportOnlyModeAdmitsWhatNoThreadIsLeftFor() throws Exception {
    ResourceServer report = reportOnly();
    MemoryExchange exchange = post("good.mcp_read");
    CompletableFuture<Boolean> verdict = report.admit(exchange, ArrivingBodyTest::busy);
    body.arrives(CALL);

    assertTrue(verdict.join());
    assertTrue(exchange.admission().accessToken().isEmpty());
  }

  @Test
  void reportOnlyModeDoesNotAdmitABodyThatBreaksOff() {
    ResourceServer report = reportOnly();
    for (Executor executor : List.<Executor>of(threads::add, ArrivingBodyTest::busy)) {
      Body sent = new Body();
      CompletableFuture<Boolean> verdict = report.admit(post("good.mcp_read").body(sent), executor);
      sent.content.completeExceptionally(new IOException("reset by peer"));
      runAll();

      assertFalse(verdict.join());
    }
  }

  @Test
  void aFailureToBeginIsNoAdmission() {
    ArrivingBody broken =
        (limit, allowance) -> {
          throw new IllegalStateException("the loop has ended");
        };
    CompletableFuture<Boolean> verdict =
        withRule().admit(post("good.mcp_read").body(broken), threads::add);

    assertFalse(verdict.join());
  }

  @Test
  void aThreadThatMayWaitWaits() throws Exception {
    MemoryExchange exchange = post("good.mcp_read");
    // In the order of the two threads there is no choice: the body is there, or is waited for.
    Thread client =
        new Thread(() -> body.content.complete(Arrays.copyOf(CALL, CALL.length)), "client");
    client.start();

    assertTrue(exchange.admittedBy(withRule()));
    client.join();
    assertEquals(1, validator.asked.size());
  }
}
