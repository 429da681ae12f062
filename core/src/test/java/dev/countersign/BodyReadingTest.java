package dev.countersign;

import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.Mode;
import dev.countersign.http.Response;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.ReplayableBody;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Bodies that arrive in parts, slowly, not at all, or too many at a time. */
class BodyReadingTest {

  private static final byte[] CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"free\"}}"
          .getBytes(StandardCharsets.UTF_8);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-26T00:00:00Z"));
  private final ResourceServer engine = engine(this::configure);

  private void configure(ConfigBuilder config) {
    config.toolScope("free", "mcp:read").bodyMemory(1024 * 1024).clock(clock);
  }

  /** A body whose parts the client sends one by one; kept until the test gives it back. */
  private final class Sent implements ReplayableBody {

    private final byte[] content;
    private final int part;
    private final Duration pause;
    private Runnable release = () -> {};

    Sent(byte[] content, int part, Duration pause) {
      this.content = content;
      this.part = part;
      this.pause = pause;
    }

    @Override
    public byte[] read(int limit) {
      throw new AssertionError("without an allowance");
    }

    @Override
    public byte[] read(int limit, BodyAllowance allowance) throws IOException {
      int end = Math.min(limit, content.length);
      for (int at = 0; at < end; at += part) {
        clock.advance(pause);
        allowance.take(Math.min(part, end - at));
      }
      release = allowance.keep();
      return Arrays.copyOf(content, end);
    }
  }

  private static MemoryExchange post(ReplayableBody body) {
    return MemoryExchange.of("POST", "/mcp")
        .bearer("good.mcp_read")
        .field("Content-Type", "application/json")
        .body(body);
  }

  private void assertRefused(Denial why, ReplayableBody body) {
    Response response = post(body).refusedBy(engine);
    assertEquals(why.status(), response.status());
    assertTrue(response.body().contains(why.text()), response.body());
    assertEquals(List.of(), response.values("WWW-Authenticate"));
  }

  private static byte[] padded(int length) {
    byte[] content = Arrays.copyOf(CALL, length);
    Arrays.fill(content, CALL.length, length, (byte) ' ');
    return content;
  }

  @Test
  void BP39_decidesAlikeWhereverTheBodyIsCut() {
    for (int part = 1; part <= CALL.length + 1; part++) {
      assertTrue(post(new Sent(CALL, part, Duration.ZERO)).admittedBy(engine), "parts of " + part);
    }
  }

  @Test
  void BP38_refusesWithARetryWhatTheMemoryDoesNotHold() {
    List<Sent> held = new ArrayList<>();
    for (int at = 0; at < 2; at++) {
      Sent body = new Sent(padded(500_000), 8192, Duration.ZERO);
      assertTrue(post(body).admittedBy(engine));
      held.add(body);
    }

    Response response = post(new Sent(padded(60_000), 8192, Duration.ZERO)).refusedBy(engine);

    assertEquals(503, response.status());
    assertEquals(List.of("5"), response.values("Retry-After"));
    assertEquals(List.of(), response.values("WWW-Authenticate"));
    assertFalse(response.body().contains("invalid_token"));
    held.get(0).release.run();
    assertTrue(post(new Sent(padded(60_000), 8192, Duration.ZERO)).admittedBy(engine));
  }

  @Test
  void BP38_aRefusedBodyTakesNoMemory() {
    for (int round = 0; round < 20; round++) {
      ReplayableBody broken =
          new ReplayableBody() {
            @Override
            public byte[] read(int limit) {
              throw new AssertionError("without an allowance");
            }

            @Override
            public byte[] read(int limit, BodyAllowance allowance) throws IOException {
              allowance.take(500_000);
              throw new IOException("the client went away");
            }
          };
      assertRefused(Denial.BODY_INCOMPLETE, broken);
      // An attachment that keeps nothing, and one that knows no allowance.
      assertTrue(post(limit -> padded(500_000)).admittedBy(engine));
    }
  }

  @Test
  void BP38_whoNeedsNoTokenIsToldToComeBackAsWell() {
    ResourceServer open =
        engine(
            config -> {
              configure(config);
              config.primaryResource().publicCalls().method("ping");
            });
    Sent held = new Sent(padded(1_000_000), 8192, Duration.ZERO);
    assertTrue(post(held).admittedBy(open));

    MemoryExchange nobody =
        MemoryExchange.of("POST", "/mcp")
            .field("Content-Type", "application/json")
            .body(new Sent(padded(60_000), 8192, Duration.ZERO));

    assertEquals(503, nobody.refusedBy(open).status());
  }

  @Test
  void HT8_refusesABodyThatTrickles() {
    assertRefused(Denial.BODY_TOO_SLOW, new Sent(CALL, 1, Duration.ofMillis(999)));
    assertTrue(post(new Sent(CALL, 20, Duration.ofSeconds(2))).admittedBy(engine));
    assertTrue(post(new Sent(padded(100_000), 8192, Duration.ofSeconds(1))).admittedBy(engine));
  }

  private ConfigBuilder report(ConfigBuilder config) {
    configure(config);
    return config.mode(Mode.REPORT_ONLY);
  }

  @Test
  void reportOnlyModeGivesNoBodyUp() {
    List<Decision> decisions = new ArrayList<>();
    ResourceServer report =
        engine(config -> report(config).listener(event -> decisions.add(event.decision())));
    // All of them are kept.
    for (int at = 0; at < 3; at++) {
      Sent slow = new Sent(padded(500_000), 100_000, Duration.ofHours(1));
      assertTrue(post(slow).admittedBy(report));
      assertInstanceOf(Decision.Granted.class, decisions.remove(0));
    }
  }

  @Test
  void reportOnlyModeHandsNoBodyOverOfWhichAPartIsMissing() {
    ResourceServer report = engine(config -> report(config));

    Response incomplete = post(broken(new IOException("gone"))).refusedBy(report);
    Response slow = post(broken(new SocketTimeoutException("read"))).refusedBy(report);

    assertEquals(400, incomplete.status());
    assertEquals(408, slow.status());
    assertTrue(post(limit -> "{".getBytes(StandardCharsets.UTF_8)).admittedBy(report));
  }

  private static ReplayableBody broken(IOException failure) {
    return limit -> {
      throw failure;
    };
  }

  @Test
  void BP31_readsNoBodyThatCanOnlyBeRefused() {
    ReplayableBody unread = broken(new IOException("read"));
    MemoryExchange upload =
        MemoryExchange.of("POST", "/mcp")
            .bearer("good.mcp_read")
            .field("Content-Type", "application/octet-stream")
            .body(unread);

    assertEquals(415, upload.refusedBy(engine).status());
  }

  @Test
  void HT8_knowsThatAServerHasWaitedLongEnough() {
    assertRefused(
        Denial.BODY_TOO_SLOW,
        limit -> {
          throw new SocketTimeoutException("read");
        });
    assertRefused(
        Denial.BODY_TOO_SLOW,
        limit -> {
          throw new IOException("late", new TimeoutException());
        });
  }

  @Test
  void HT11_aBodyThatBreaksOffIsRefused() {
    assertRefused(
        Denial.BODY_INCOMPLETE,
        limit -> {
          throw new IOException("reset by peer");
        });
  }
}
