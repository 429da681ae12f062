package dev.countersign;

import dev.countersign.internal.DaemonThreads;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Daemon threads, none of which is there before the first stream is. */
final class StreamDaemons implements StreamThreads {

  private static final int CHECKING = 4;
  private static final int ENDING = 32;
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor checking =
      new ThreadPoolExecutor(
          CHECKING,
          CHECKING,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          new DaemonThreads("countersign-stream-check"),
          new ThreadPoolExecutor.DiscardPolicy());

  // A client that does not read holds one of them up; when all are, whoever asks does it, and at
  // the very end as well.
  private final ThreadPoolExecutor ending =
      new ThreadPoolExecutor(
          0,
          ENDING,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new DaemonThreads("countersign-stream-end"),
          (task, pool) -> task.run());

  private final int everyMillis;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable ScheduledExecutorService timer;
  private boolean closed;

  StreamDaemons() {
    this(1000);
  }

  StreamDaemons(int everyMillis) {
    this.everyMillis = everyMillis;
    checking.allowCoreThreadTimeOut(true);
  }

  @Override
  public void start(Runnable tick) {
    if (timer != null) {
      return;
    }
    lock.lock();
    try {
      if (timer == null && !closed) {
        ScheduledExecutorService started =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("countersign-streams"));
        var unused =
            started.scheduleWithFixedDelay(
                () -> survive(tick), everyMillis, everyMillis, TimeUnit.MILLISECONDS);
        timer = started;
      }
    } finally {
      lock.unlock();
    }
  }

  // Whatever is thrown would end the schedule for good.
  private static void survive(Runnable tick) {
    try {
      tick.run();
    } catch (RuntimeException | Error e) {
      // The next tick does what this one has left.
      return;
    }
  }

  @Override
  public void check(Runnable task) {
    checking.execute(task);
  }

  @Override
  public void end(Runnable task) {
    ending.execute(task);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      ScheduledExecutorService started = timer;
      if (started != null) {
        started.shutdownNow();
      }
    } finally {
      lock.unlock();
    }
    checking.shutdown();
    ending.shutdown();
  }
}
