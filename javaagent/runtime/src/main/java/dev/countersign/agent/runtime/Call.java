package dev.countersign.agent.runtime;

import java.util.Arrays;
import java.util.Objects;

/** One call of a woven method. */
public final class Call {

  private static final int SELF = 1;
  private static final int ARGUMENTS = 2;

  // The name of the hook point, the receiver, the arguments.
  private final Object[] woven;

  Call(Object[] woven) {
    this.woven = woven;
  }

  /**
   * The receiver.
   *
   * @param type its type
   * @param <T> its type
   * @return the object whose method was called
   */
  public <T> T self(Class<T> type) {
    return type.cast(Objects.requireNonNull(woven[SELF]));
  }

  /**
   * An argument.
   *
   * @param index from 0
   * @param type its type
   * @param <T> its type
   * @return the argument
   */
  public <T> T argument(int index, Class<T> type) {
    return type.cast(Objects.requireNonNull(woven[ARGUMENTS + index]));
  }

  /**
   * All arguments.
   *
   * @return a copy, for {@link Weaving#ARGUMENTS}
   */
  public Object[] arguments() {
    return Arrays.copyOfRange(woven, ARGUMENTS, woven.length);
  }
}
