package dev.countersign.spi;

/**
 * Something that the self-check has found. Immutable.
 *
 * @param id the check of the doctor that finds the same from outside, {@code D46} for instance; the
 *     IDs are stable
 * @param level what it means for this server
 * @param text one line of printable text for the operator; no secret and nothing of a token
 */
public record Finding(String id, Level level, String text) {

  /** What a finding means for this server. */
  public enum Level {
    /**
     * The server cannot do its work as it is configured: a path is open, metadata is missing where
     * clients look, or tokens cannot be judged. {@code strict-start} refuses to serve.
     */
    ERROR,
    /** The server does its work, but some clients may not get a token; or it is not proven. */
    WARNING,
    /** Good to know. */
    INFO
  }

  /**
   * The finding as a line for people.
   *
   * @return ID and text
   */
  @Override
  public String toString() {
    return id + " " + text;
  }
}
