package dev.countersign.conformance;

import java.io.IOException;

/**
 * One rule. Immutable.
 *
 * @param id the ID of the requirement, {@code S01} for instance
 * @param level how binding it is
 * @param title what a server does that keeps it
 * @param trial tries it
 */
public record Rule(String id, Level level, String title, Trial trial) {

  /** Tries a rule on a server. */
  @FunctionalInterface
  public interface Trial {

    /**
     * Asks the server what it takes.
     *
     * @param subject the server
     * @return what came of it
     * @throws IOException if the server does not answer with HTTP
     */
    Outcome run(Subject subject) throws IOException;
  }

  static Rule must(String id, String title, Trial trial) {
    return new Rule(id, Level.MUST, title, trial);
  }

  static Rule should(String id, String title, Trial trial) {
    return new Rule(id, Level.SHOULD, title, trial);
  }
}
