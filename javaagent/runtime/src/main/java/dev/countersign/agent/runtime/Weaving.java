package dev.countersign.agent.runtime;

/** What woven code does with the answer of an {@link Interceptor}. */
public enum Weaving {
  /**
   * Called before the body of the method; {@link Boolean#FALSE} ends the method at once, with
   * {@code true} if it returns a boolean, which says handled.
   */
  GUARD,
  /** Called before the body; the answer is not used. */
  BEFORE,
  /** Called before the body; the answer is an array that takes the place of the arguments. */
  ARGUMENTS,
  /** Called before the body; an answer other than null is the result, and the method ends. */
  RESULT,
  /** Called when the method has come to its end, but for exceptions; the answer is not used. */
  AFTER,
  /**
   * Called when the method has come to its end, but for exceptions, with its result, which is an
   * object or null, behind the arguments; the answer takes the place of the result.
   */
  RETURNED,
  /**
   * Called in place of every call of another method in the body, with the receiver and the argument
   * of that call; the answer is not used.
   */
  CALL,
  /**
   * Nothing is put there: the class is one by which a server is known before it opens its port, or
   * the method is one by which a version is.
   */
  SEEN
}
