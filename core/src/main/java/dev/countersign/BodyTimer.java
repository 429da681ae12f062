package dev.countersign;

import dev.countersign.internal.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Looks after bodies for which no thread waits. Thread-safe. */
@FunctionalInterface
interface BodyTimer {

  /**
   * Has something done later.
   *
   * @param task does not block
   * @return calls it off, so that nothing of it is kept
   */
  Runnable after(Duration delay, Runnable task);

  /** One daemon thread for all bodies, as long as there are any. */
  static BodyTimer ofOneThread() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, new DaemonThreads("countersign-bodies"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return (delay, task) -> {
      ScheduledFuture<?> later = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> later.cancel(false);
    };
  }
}
