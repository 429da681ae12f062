package dev.countersign.spi;

import java.io.IOException;

/**
 * A request body that can be read for a decision and is then read again, byte for byte, by the
 * application.
 */
@FunctionalInterface
public interface ReplayableBody {

  /**
   * Reads the body, up to a limit.
   *
   * @param limit the greatest number of bytes to read, more than 0
   * @return the whole body if it is shorter than the limit, otherwise its first {@code limit} bytes
   * @throws IOException if the client stops sending
   */
  byte[] read(int limit) throws IOException;

  /**
   * Reads the body as {@link #read(int)} does, and asks before more is kept. An attachment whose
   * reading one thread waits for overrides this.
   *
   * @param limit the greatest number of bytes to read, more than 0
   * @param allowance to be asked for each part that arrives
   * @return the whole body if it is shorter than the limit, otherwise its first {@code limit} bytes
   * @throws IOException if the client stops sending, or from the allowance
   */
  default byte[] read(int limit, BodyAllowance allowance) throws IOException {
    byte[] content = read(limit);
    allowance.take(content.length);
    return content;
  }
}
