package dev.countersign.it.agent;

import java.time.Duration;

/**
 * How much is measured under load.
 *
 * @param groups how often all of it is done with new JVMs
 * @param warmUp requests to each JVM before that, so that its compilers have come to an end
 * @param rounds of each JVM that count, at most
 * @param limit how long those rounds of a group may take; ten rounds are made in any case
 */
record CostPlan(int groups, int warmUp, int rounds, Duration limit) {

  private static final int LEAST = 10;

  /** Whether there is another round. */
  boolean goesOn(int done, long nanos) {
    return done < rounds && (done < LEAST || nanos < limit.toNanos());
  }
}
