package dev.countersign.spi;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * A body that an event loop gathers, so that no thread has to wait for it. The engine takes it by
 * {@link #arrive}, and ends the waiting for a client that is too slow or sends nothing at all.
 */
public interface ArrivingBody extends ReplayableBody {

  /**
   * Begins to gather the body, up to a limit. Called at most once; never blocks.
   *
   * @param limit the greatest number of bytes to gather, more than 0
   * @param allowance to be asked for each part that arrives
   * @return completed with the whole body if it is shorter than the limit, otherwise with its first
   *     {@code limit} bytes; exceptionally if the client stops sending, or with what the allowance
   *     throws. The engine itself completes it exceptionally when it waits no longer: nothing more
   *     is to be kept then
   */
  CompletableFuture<byte[]> arrive(int limit, BodyAllowance allowance);

  /** Not for a body that nobody waits for: always fails. */
  @Override
  default byte[] read(int limit) throws IOException {
    throw new IOException("this body is gathered, not read");
  }
}
