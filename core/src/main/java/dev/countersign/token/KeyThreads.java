package dev.countersign.token;

import dev.countersign.internal.DaemonThreads;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that fetch keys, and the one that looks whether keys have to be fetched. Thread-safe.
 */
final class KeyThreads implements Executor, AutoCloseable {

  private final ThreadPoolExecutor fetching;
  private final ScheduledThreadPoolExecutor watching;

  /**
   * Makes threads for a number of issuers, each of which fetches once at a time: no issuer waits
   * for another, not even while the thread of its last fetch is on its way back.
   *
   * @param issuers how many
   */
  KeyThreads(int issuers) {
    fetching =
        new ThreadPoolExecutor(
            0,
            2 * issuers,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new DaemonThreads("countersign-keys"));
    watching = new ScheduledThreadPoolExecutor(1, new DaemonThreads("countersign-keys-watch"));
  }

  @Override
  public void execute(Runnable work) {
    fetching.execute(work);
  }

  /** Looks after keys once a second from now on. */
  void watch(List<FetchedSigningKeys> all) {
    for (FetchedSigningKeys keys : all) {
      ScheduledFuture<?> unused =
          watching.scheduleWithFixedDelay(() -> look(keys), 1, 1, TimeUnit.SECONDS);
    }
  }

  // Whatever is thrown would end the schedule for good.
  private static void look(FetchedSigningKeys keys) {
    try {
      keys.refreshIfDue();
    } catch (RuntimeException | Error e) {
      // The request that next needs the keys meets the same fault and reports it.
      return;
    }
  }

  /** Ends all threads. */
  @Override
  public void close() {
    watching.shutdownNow();
    fetching.shutdownNow();
  }
}
