package dev.countersign.agent.runtime;

import dev.countersign.spi.BodyAllowance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The body that an event loop gathers, while no thread waits for it. One thread delivers at a time;
 * any thread may end the waiting.
 */
public final class IncomingBody {

  private final int limit;
  private final BodyAllowance allowance;
  private final Consumer<byte[]> keeper;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  // Nothing is held for a client that has been given up and may stay connected.
  private volatile @Nullable ByteArrayOutputStream collected = new ByteArrayOutputStream();

  /**
   * Nothing yet.
   *
   * @param limit the greatest number of bytes that are wanted, more than 0
   * @param allowance is asked for each part that arrives
   * @param keeper gets all that was gathered, what lies beyond the limit too, before anybody else,
   *     on the thread that delivers
   */
  public IncomingBody(int limit, BodyAllowance allowance, Consumer<byte[]> keeper) {
    this.limit = limit;
    this.allowance = allowance;
    this.keeper = keeper;
    var unused = whole.whenComplete((bytes, failure) -> collected = null);
  }

  /**
   * Takes what has arrived.
   *
   * @param bytes the next bytes of the body
   * @return false if no more are wanted: the limit is reached, or nobody waits any longer
   */
  public boolean add(byte[] bytes) {
    ByteArrayOutputStream before = collected;
    if (before == null) {
      return false;
    }
    try {
      allowance.take(bytes.length);
    } catch (IOException e) {
      fail(e);
      return false;
    }
    before.writeBytes(bytes);
    if (before.size() < limit) {
      return true;
    }
    end();
    return false;
  }

  /** There is no more. */
  public void end() {
    ByteArrayOutputStream all = collected;
    if (all == null) {
      return;
    }
    byte[] bytes = all.toByteArray();
    try {
      keeper.accept(bytes);
      whole.complete(bytes.length <= limit ? bytes : Arrays.copyOf(bytes, limit));
    } catch (RuntimeException | Error e) {
      fail(e);
    }
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
   * What is gathered.
   *
   * @return completed with the whole body, or its first bytes up to the limit; whoever completes it
   *     exceptionally wants no more of it
   */
  public CompletableFuture<byte[]> whole() {
    return whole;
  }
}
