package dev.countersign.spi;

import java.io.IOException;

/**
 * What reading one body for a decision may take: memory that all bodies share, and time.
 * Thread-safe.
 */
public interface BodyAllowance {

  /**
   * Asks for room for what has arrived, before more is read.
   *
   * @param bytes how many bytes are kept beyond those that were asked for before
   * @throws IOException if reading has to end here, because there is no room or the client has
   *     taken too long; it is for the engine, which then answers
   */
  void take(int bytes) throws IOException;

  /**
   * Takes over the duty to give the room back, when the application has read the body or the
   * exchange has ended. Whoever does not call this holds the bytes uncounted as soon as they are
   * judged.
   *
   * @return gives the room back; it may run more than once
   */
  Runnable keep();
}
