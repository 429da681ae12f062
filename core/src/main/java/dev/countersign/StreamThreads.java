package dev.countersign;

/** Who does what has to be done about open streams. Thread-safe. */
interface StreamThreads extends AutoCloseable {

  /** Calls something once a second, unless that is done already. */
  void start(Runnable tick);

  /** Does what may wait for an authorization server. */
  void check(Runnable task);

  /** Does what may wait for a client. */
  void end(Runnable task);

  /** Ends once all has been done that was given before. */
  @Override
  void close();
}
