package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams whose threads cannot be started, and moments that meet. */
class StreamsThreadsTest {

  private static final String ALICE = CallerTokens.of("alice");
  private static final MemoryHead STREAM =
      MemoryHead.of(200).with("Content-Type", "text/event-stream");

  private final SettableClock clock = new SettableClock();
  private final CallerTokens tokens = new CallerTokens(clock);
  private final ResourceServer engine =
      Engines.engine(
          config -> {
            config.tokenValidator(tokens).clock(clock);
            config.sessions().maxStreams(1);
          });
  private final Scarce threads = new Scarce();
  private final Streams streams = new Streams(clock, tokens, threads);
  private final AtomicInteger ends = new AtomicInteger();
  private final AdmittedLease lease = lease();

  /** Does everything at once, as long as it can. */
  private static final class Scarce implements StreamThreads {

    boolean cannotStart;
    boolean cannotCheck;
    boolean cannotEnd;

    private static void unless(boolean cannot, Runnable task) {
      if (cannot) {
        throw new InternalError("unable to create native thread");
      }
      task.run();
    }

    @Override
    public void start(Runnable tick) {
      unless(cannotStart, () -> {});
    }

    @Override
    public void check(Runnable task) {
      unless(cannotCheck, task);
    }

    @Override
    public void end(Runnable task) {
      unless(cannotEnd, task);
    }

    @Override
    public void close() {}
  }

  private AdmittedLease lease() {
    MemoryExchange request =
        MemoryExchange.of("GET", "/mcp").bearer(ALICE).field("Accept", "text/event-stream");
    assertTrue(request.admittedBy(engine));
    StreamTerms terms = ((AdmittedLease) request.lease()).terms();
    AdmittedLease made = new AdmittedLease(Optional.empty(), Optional.of(terms), streams);
    made.onEnd(ends::incrementAndGet);
    return made;
  }

  private int open() {
    return streams.count(lease.terms().caller());
  }

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void H21_MC24_aStreamEndsThoughACheckOfItCouldNotBegin() {
    lease.begin(STREAM);
    threads.cannotCheck = true;
    clock.advance(Duration.ofHours(2));
    streams.tick();
    assertEquals(0, ends.get());

    threads.cannotCheck = false;
    streams.tick();
    assertEquals(1, ends.get());
    assertEquals(0, open());
  }

  @Test
  void MC25_aStreamThatCouldNotBeCheckedAtItsBeginningIsCheckedLater() {
    threads.cannotCheck = true;
    assertTrue(lease.begin(STREAM));
    threads.cannotCheck = false;
    tokens.inactive.add(ALICE);
    clock.advance(Streams.CHECK_INTERVAL);
    streams.tick();

    assertEquals(1, ends.get());
  }

  @Test
  void H21_aStreamThatNobodyWouldLookAfterEndsAtOnce() {
    threads.cannotStart = true;
    lease.begin(STREAM);
    assertEquals(1, ends.get());
    assertEquals(0, open());

    threads.cannotStart = false;
    lease().begin(STREAM);
    assertEquals(1, open());
  }

  @Test
  void H21_aStreamEndsWithoutAThreadOfItsOwn() {
    lease.begin(STREAM);
    threads.cannotEnd = true;
    clock.advance(Duration.ofHours(2));
    streams.tick();

    assertEquals(1, ends.get());
  }

  @Test
  void aFaultThatIsNoExceptionEndsTheStreamAndNotTheCheck() {
    lease.begin(STREAM);
    streams.judgeBy(
        (token, resource) -> {
          throw new InternalError("while a token was judged");
        });
    clock.advance(Streams.CHECK_INTERVAL);
    streams.tick();

    assertEquals(1, ends.get());
  }

  @Test
  void MC26_aCloseThatMeetsTheBeginningIsNotLost() throws Exception {
    Thread closing = new Thread(lease::close);
    lease.lock.lock();
    try {
      closing.start();
      while (!lease.lock.hasQueuedThread(closing)) {
        Thread.onSpinWait();
      }
      assertTrue(lease.begin(STREAM));
    } finally {
      lease.lock.unlock();
    }
    closing.join();

    assertEquals(0, open());
    clock.advance(Duration.ofHours(2));
    streams.tick();
    assertEquals(0, ends.get());
    assertFalse(lease.begin(STREAM));
  }

  @Test
  void theTicksGoOnWhateverOneThrows() throws Exception {
    CountDownLatch ticks = new CountDownLatch(3);
    try (StreamDaemons daemons = new StreamDaemons(1)) {
      daemons.start(
          () -> {
            ticks.countDown();
            throw new InternalError("in a tick");
          });

      assertTrue(ticks.await(30, TimeUnit.SECONDS));
    }
  }
}
