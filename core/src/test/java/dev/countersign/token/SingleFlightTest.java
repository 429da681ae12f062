package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Decision.Denied;
import dev.countersign.oauth.Decision.Undecided;
import dev.countersign.oauth.Denial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SingleFlightTest {

  private static final TokenDigest KEY = new TokenDigest(1, 2, 3, 4);
  private static final Decision DENIED = new Denied(Denial.INACTIVE, "");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @AfterEach
  void end() {
    goOn.countDown();
    threads.shutdownNow();
  }

  private Decision slowly() {
    begun.countDown();
    await(goOn);
    return DENIED;
  }

  private static Supplier<Decision> never() {
    return () -> {
      throw new AssertionError("a second one at the same time");
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void IN17_followersGetWhatTheLeaderGot() throws Exception {
    SingleFlight flights = new SingleFlight(Duration.ofSeconds(20));
    Future<Decision> leader = threads.submit(() -> flights.once(KEY, this::slowly));
    await(begun);
    Future<Decision> follower = threads.submit(() -> flights.once(KEY, never()));
    assertEquals(DENIED, flights.once(new TokenDigest(1, 2, 3, 5), () -> DENIED));
    while (flights.waiting() == 0) {
      Thread.onSpinWait();
    }

    goOn.countDown();
    assertEquals(DENIED, leader.get(20, TimeUnit.SECONDS));
    assertEquals(DENIED, follower.get(20, TimeUnit.SECONDS));
    assertEquals(0, flights.waiting());
  }

  @Test
  void IN18_aFailureIsUndecidedForFollowersAndOverAfterThat() {
    SingleFlight flights = new SingleFlight(Duration.ofSeconds(20));

    assertThrows(
        IllegalStateException.class,
        () ->
            flights.once(
                KEY,
                () -> {
                  throw new IllegalStateException();
                }));
    assertEquals(DENIED, flights.once(KEY, () -> DENIED));
  }

  @Test
  void aFollowerWaitsForALimitedTime() {
    SingleFlight flights = new SingleFlight(Duration.ofMillis(1));
    Future<Decision> leader = threads.submit(() -> flights.once(KEY, this::slowly));
    await(begun);

    assertInstanceOf(Undecided.class, flights.once(KEY, never()));
    assertTrue(!leader.isDone());
  }

  @Test
  void anInterruptedFollowerIsUndecidedAndStaysInterrupted() {
    SingleFlight flights = new SingleFlight(Duration.ofSeconds(20));
    Future<Decision> leader = threads.submit(() -> flights.once(KEY, this::slowly));
    await(begun);

    Thread.currentThread().interrupt();
    assertInstanceOf(Undecided.class, flights.once(KEY, never()));
    assertTrue(Thread.interrupted());
    assertTrue(!leader.isDone());
  }

  @Test
  void onlySoManyFollowersWait() throws Exception {
    SingleFlight flights = new SingleFlight(Duration.ofSeconds(20));
    Future<Decision> leader = threads.submit(() -> flights.once(KEY, this::slowly));
    await(begun);
    int all = SingleFlight.MAX_WAITING + 8;
    CountDownLatch refused = new CountDownLatch(8);
    List<Future<Decision>> followers = new ArrayList<>();
    for (int at = 0; at < all; at++) {
      followers.add(
          threads.submit(
              () -> {
                Decision decision = flights.once(KEY, never());
                if (decision instanceof Undecided) {
                  refused.countDown();
                }
                return decision;
              }));
    }

    await(refused);
    goOn.countDown();
    int decided = 0;
    for (Future<Decision> one : followers) {
      decided += one.get(20, TimeUnit.SECONDS).equals(DENIED) ? 1 : 0;
    }
    assertEquals(SingleFlight.MAX_WAITING, decided);
    assertEquals(DENIED, leader.get(20, TimeUnit.SECONDS));
  }
}
