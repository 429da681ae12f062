package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RememberingConcurrencyTest {

  private final RememberingBench bench = new RememberingBench();

  /** What a container does with its request objects. Used by one thread at a time. */
  private static final class RecycledRequest {
    private String token = "";
    private Decision decision = new Decision.Open();
  }

  @Test
  void CA11_CA14_nobodyGetsTheTokenOfAnother() throws Exception {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      tokens.add(Bench.RSA.sign(Bench.claimsWith("sub", "user-" + i)));
    }
    inParallel(
        16,
        thread -> {
          RecycledRequest request = new RecycledRequest();
          for (int i = 0; i < 62_500; i++) {
            int mine = (thread + i) % tokens.size();
            request.token = tokens.get(mine);
            request.decision = bench.validate(request.token);
            Decision.Granted granted = assertInstanceOf(Decision.Granted.class, request.decision);
            assertEquals("user-" + mine, granted.accessToken().subject());
          }
        });
  }

  @Test
  void CA3_CA11_noHitBeginsAfterItsKeyIsGone() throws Exception {
    String token = Bench.RSA.sign(Bench.claims());
    AtomicBoolean gone = new AtomicBoolean();
    CountDownLatch warm = new CountDownLatch(4);
    inParallel(
        5,
        thread -> {
          if (thread == 4) {
            warm.await();
            bench.keys.publish(Bench.EC);
            gone.set(true);
            return;
          }
          boolean over = false;
          for (int i = 0; !over || i < 200; i++) {
            boolean late = gone.get();
            String outcome = bench.outcome(token);
            if (late) {
              assertEquals("UNKNOWN_KEY", outcome);
            }
            over = late;
            warm.countDown();
          }
        });
    assertEquals("UNKNOWN_KEY", bench.outcome(token));
  }

  @Test
  void CA11_closingWhileOthersAskLeavesNothing() throws Exception {
    String token = Bench.RSA.sign(Bench.claims());
    inParallel(
        4,
        thread -> {
          for (int i = 0; i < 100; i++) {
            if (thread == 0 && i == 50) {
              bench.validator.close();
            }
            assertEquals("GRANTED", bench.outcome(token));
          }
        });
    bench.validator.validate(BearerToken.of(token), Bench.RESOURCE);
  }

  private interface Work {
    void run(int thread) throws Exception;
  }

  private static void inParallel(int threads, Work work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch start = new CountDownLatch(threads);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        tasks.add(
            () -> {
              start.countDown();
              start.await();
              work.run(thread);
              return true;
            });
      }
      for (Future<Boolean> done : pool.invokeAll(tasks)) {
        done.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
