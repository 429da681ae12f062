package dev.countersign.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Sessions and streams. Values are checked when the configuration is built; all problems are said
 * together. Not thread-safe.
 */
public final class SessionBuilder {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final int MOST_STREAMS = 100_000;

  private final Problems problems;
  private boolean binding = true;
  private Duration life = Duration.ofDays(7);
  private EndStreams endStreams = EndStreams.LISTEN;
  private int maxStreams = 100;

  SessionBuilder(Problems problems) {
    this.problems = problems;
  }

  /**
   * Whether a session can only be used by whoever began it.
   *
   * @param bind true, unless set; false is a relaxation
   * @return this builder
   */
  public SessionBuilder binding(boolean bind) {
    binding = bind;
    return this;
  }

  /**
   * How long it is known whose a session is that nobody uses.
   *
   * @param value one minute to 365 days, inclusive
   * @return this builder
   */
  public SessionBuilder life(Duration value) {
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
      problems.add(
          "session-life",
          value.toString(),
          "expected an ISO-8601 duration such as P7D, from PT1M to P365D");
    }
    life = value;
    return this;
  }

  /**
   * Which streams end with their token.
   *
   * @param which those that only listen, unless set
   * @return this builder
   */
  public SessionBuilder endStreams(EndStreams which) {
    endStreams = Objects.requireNonNull(which, "which");
    return this;
  }

  /**
   * How many streams that only listen one caller may have open.
   *
   * @param count 0 to 100000, inclusive; 0 for no limit
   * @return this builder
   */
  public SessionBuilder maxStreams(int count) {
    if (count < 0 || count > MOST_STREAMS) {
      problems.add(
          "max-streams-per-principal",
          Integer.toString(count),
          "expected a whole number from 0 to " + MOST_STREAMS);
    }
    maxStreams = count;
    return this;
  }

  SessionRules build() {
    return new SessionRules(binding, life, endStreams, maxStreams);
  }

  List<String> relaxations() {
    List<String> found = new ArrayList<>();
    if (!binding) {
      found.add("session-binding=false (whoever knows a session can use it)");
    }
    if (endStreams == EndStreams.NONE) {
      found.add("end-streams=none (a stream outlives its token)");
    }
    return found;
  }
}
