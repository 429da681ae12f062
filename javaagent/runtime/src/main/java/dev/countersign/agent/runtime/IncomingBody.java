package dev.countersign.agent.runtime;

import dev.countersign.spi.BodyAllowance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The body that an event loop delivers while a thread of the agent waits for it. One thread
 * delivers, another one waits.
 */
public final class IncomingBody {

  // Threads of the agent are few, and a client may stop sending.
  private static final long PATIENCE_SECONDS = 20;

  private final int limit;
  private final BodyAllowance allowance;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

  /**
   * Nothing yet.
   *
   * @param limit the greatest number of bytes that are wanted, more than 0
   * @param allowance is asked for each part that arrives
   */
  public IncomingBody(int limit, BodyAllowance allowance) {
    this.limit = limit;
    this.allowance = allowance;
  }

  /**
   * Takes what has arrived.
   *
   * @param bytes the next bytes of the body
   * @return false if no more are wanted: the limit is reached, or nobody waits any longer
   */
  public boolean add(byte[] bytes) {
    try {
      allowance.take(bytes.length);
    } catch (IOException e) {
      whole.completeExceptionally(e);
    }
    if (whole.isCompletedExceptionally()) {
      return false;
    }
    collected.writeBytes(bytes);
    if (collected.size() < limit) {
      return true;
    }
    end();
    return false;
  }

  /** There is no more. */
  public void end() {
    byte[] all = collected.toByteArray();
    whole.complete(all.length <= limit ? all : Arrays.copyOf(all, limit));
  }

  /**
   * There will be no more.
   *
   * @param cause why
   */
  public void fail(Throwable cause) {
    whole.completeExceptionally(cause);
  }

  /**
   * Waits.
   *
   * @return the whole body, or its first bytes up to the limit
   * @throws IOException if it does not arrive in time, or not at all, or from the allowance
   */
  public byte[] await() throws IOException {
    try {
      return whole.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the body was read", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException refused) {
        throw refused;
      }
      throw new IOException("the body did not arrive", e.getCause());
    } catch (TimeoutException e) {
      whole.completeExceptionally(e);
      throw new IOException("the body did not arrive in time", e);
    }
  }
}
