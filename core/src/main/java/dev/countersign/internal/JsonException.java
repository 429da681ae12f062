package dev.countersign.internal;

/**
 * A text is not the JSON that was asked for. The message says what was expected and where; it holds
 * nothing of the text. Carries no stack trace, because bad input is no bug.
 */
public final class JsonException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What kind of text it is instead. */
  public enum Fault {
    /** No JSON at all, or beyond a limit. */
    TEXT,
    /** JSON by its grammar, with a member name twice in one object. */
    REPEATED_NAME,
    /** A number that is too long, or outside the range of a double. */
    NUMBER
  }

  private final Fault fault;
  private final long position;
  private final String member;

  JsonException(String expected, long position) {
    this(Fault.TEXT, expected, position, "");
  }

  JsonException(Fault fault, String expected, long position, String member) {
    super(expected + " at " + position, null, false, false);
    this.fault = fault;
    this.position = position;
    this.member = member;
  }

  /**
   * What is wrong.
   *
   * @return the kind of fault at which reading stopped
   */
  public Fault fault() {
    return fault;
  }

  /**
   * Where reading stopped.
   *
   * @return characters from the start, from 0; bytes if the input is not UTF-8
   */
  public long position() {
    return position;
  }

  /**
   * The member of the outermost object in whose value reading stopped. It comes from the text and
   * belongs in no message.
   *
   * @return its name; empty if reading stopped elsewhere
   */
  public String member() {
    return member;
  }
}
