package dev.countersign.spi;

import java.time.Instant;

/**
 * How long the application may go on answering an exchange that was admitted. It comes with the
 * {@link Admission}; an attachment keeps it with the request and
 *
 * <ol>
 *   <li>says by {@link #onEnd} how it ends the response from outside, before the response begins,
 *   <li>gives it back by {@link Exchange#lease}, so that {@code ResourceServer.complete} can show
 *       it the head of the response, or shows that by {@link #begin} itself,
 *   <li>{@linkplain #close closes} it when the response is over.
 * </ol>
 *
 * <p>Thread-safe.
 */
public interface Lease extends AutoCloseable {

  /** The lease of an exchange that nobody ends. */
  Lease NONE =
      new Lease() {
        @Override
        public Instant until() {
          return Instant.MAX;
        }

        @Override
        public void onEnd(Runnable end) {
          // It never ends.
        }

        @Override
        public boolean begin(ResponseHead head) {
          return false;
        }

        @Override
        public void close() {
          // Nobody counts it.
        }
      };

  /**
   * When a stream that answers the exchange ends at the latest.
   *
   * @return the end of the access token, the tolerance included; {@link Instant#MAX} if there is
   *     none
   */
  Instant until();

  /**
   * Says how the response is ended from outside: whatever the application writes afterwards reaches
   * nobody.
   *
   * @param end ends the response; called at most once, on a thread of the engine, at once if the
   *     end has come already; it may wait a little for the client, and must not throw
   */
  void onEnd(Runnable end);

  /**
   * Shows the head of the application's response, just before it leaves or after each change of it.
   *
   * @param head the head
   * @return whether the response is a stream that may be ended before the application ends it
   */
  boolean begin(ResponseHead head);

  /**
   * What to write just before the end, where the response can still be written.
   *
   * @return an event of a {@code text/event-stream}, in ASCII; empty for nothing
   */
  default String lastEvent() {
    return "";
  }

  /** Says that the response is over, whoever has ended it. */
  @Override
  void close();
}
