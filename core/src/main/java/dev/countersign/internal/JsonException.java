package dev.countersign.internal;

/**
 * A text is not the JSON that was asked for. The message says what was expected and where; it holds
 * nothing of the text. Carries no stack trace, because bad input is no bug.
 */
public final class JsonException extends Exception {

  private static final long serialVersionUID = 1L;

  private final long position;

  JsonException(String expected, long position) {
    super(expected + " at " + position, null, false, false);
    this.position = position;
  }

  /**
   * Where reading stopped.
   *
   * @return characters from the start, from 0; bytes if the input is not UTF-8
   */
  public long position() {
    return position;
  }
}
