package dev.countersign.spi;

/**
 * What the body of one response has to go through, so that the client sees only what it may. It
 * comes with the {@link Admission} to an attachment whose {@link Exchange#filtersBodies} is true.
 * That shows the head by {@link #begin} before the first octet of the body or the head itself
 * leaves, and does what it is told; nothing that the application writes may pass by it. Used by one
 * thread at a time, once.
 */
public interface BodyFilter {

  /** How a body goes through. */
  enum Way {
    /** As the application writes it: it is of no interest. */
    AS_IS,
    /** Piece by piece, through {@link BodyFilter#next}, and never held back otherwise. */
    EVENTS,
    /**
     * At once: head and body are held back, flushes included, until the application has written all
     * of it; then {@link BodyFilter#whole} gives what leaves.
     */
    WHOLE
  }

  /**
   * Shows the head of the response.
   *
   * @param head the head as the application wrote it; fields that do not hold for a filtered stream
   *     are taken away
   * @return how the body goes through, from now on
   */
  Way begin(ResponseHead head);

  /**
   * How much of a body {@link #whole} takes.
   *
   * @return the greatest number of octets, inclusive; of a longer body one more has to be kept and
   *     the rest can be thrown away
   */
  int maxLength();

  /**
   * The next piece of a stream of events.
   *
   * @param octets holds the piece
   * @param offset where it begins
   * @param length how long it is
   * @return what may leave now: whole events; the rest of the piece is kept until its event is over
   */
  byte[] next(byte[] octets, int offset, int length);

  /**
   * The whole body of a response.
   *
   * @param head the head as it stands now; fields that do not hold any more are put right, but for
   *     {@code Content-Length}, which is taken away
   * @param body what the application wrote
   * @return what leaves instead
   */
  byte[] whole(ResponseHead head, byte[] body);
}
