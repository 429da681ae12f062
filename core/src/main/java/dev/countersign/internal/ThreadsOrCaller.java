package dev.countersign.internal;

import java.util.concurrent.Executor;

/**
 * Runs a task on a thread of its own or, while no thread can be started, on the one that brings it.
 * For the client of the JDK, whose tasks do not wait for anything, and whose selector would end for
 * good by what the start of a thread throws.
 */
final class ThreadsOrCaller implements Executor {

  private final Executor threads;

  ThreadsOrCaller(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable task) {
    try {
      threads.execute(task);
    } catch (Error e) {
      task.run();
    }
  }
}
