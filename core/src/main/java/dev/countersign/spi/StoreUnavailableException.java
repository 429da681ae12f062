package dev.countersign.spi;

import java.io.Serial;

/**
 * A {@link SharedStore} cannot answer: out of reach, full, or too slow. What needed the answer is
 * undecided and is answered 503, never let through.
 */
public final class StoreUnavailableException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Says what happened.
   *
   * @param message for the audit log; holds no key of the store
   */
  public StoreUnavailableException(String message) {
    super(message);
  }

  /**
   * Says what happened.
   *
   * @param message for the audit log; holds no key of the store
   * @param cause what the store failed with
   */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
