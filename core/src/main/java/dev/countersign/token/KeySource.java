package dev.countersign.token;

import java.time.Duration;

/** Where the keys of an issuer come from. Used by one thread at a time. */
@FunctionalInterface
interface KeySource {

  /**
   * Gets the keys; blocks for as long as that takes.
   *
   * @return the keys, or why there are none
   */
  Outcome load();

  /** What came of it. */
  sealed interface Outcome {

    /**
     * A set with at least one usable key.
     *
     * @param keys the keys
     * @param life for how long it is fresh
     */
    record Loaded(KeySet keys, Duration life) implements Outcome {}

    /**
     * No keys.
     *
     * @param cause for the operator
     * @param pause for how long the issuer is to be left alone; zero for no longer than usual
     */
    record NotLoaded(String cause, Duration pause) implements Outcome {}
  }
}
