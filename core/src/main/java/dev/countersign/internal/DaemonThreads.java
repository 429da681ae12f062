package dev.countersign.internal;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes threads that neither keep the JVM alive nor hold on to the class loader of whoever asked
 * first.
 */
public final class DaemonThreads implements ThreadFactory {

  private final String name;
  private final AtomicInteger count = new AtomicInteger();

  /**
   * Makes a factory.
   *
   * @param name the beginning of the thread names; a number follows
   */
  public DaemonThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
    thread.setDaemon(true);
    // The thread may be made on behalf of a request: the context loader of that application must
    // not stay.
    thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
    return thread;
  }
}
