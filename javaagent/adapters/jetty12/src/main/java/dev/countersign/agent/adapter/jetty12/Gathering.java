package dev.countersign.agent.adapter.jetty12;

import dev.countersign.spi.BodyAllowance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Gathers a body as it arrives, until its end or a limit. It runs whenever content has come, and
 * does nothing that waits, so it may run anywhere.
 */
final class Gathering implements Runnable, Invocable {

  private final Request request;
  private final int limit;
  private final BodyAllowance allowance;
  private final Consumer<ReplayedRequest> keeper;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Gathering(
      Request request, int limit, BodyAllowance allowance, Consumer<ReplayedRequest> keeper) {
    this.request = request;
    this.limit = limit;
    this.allowance = allowance;
    this.keeper = keeper;
  }

  /**
   * Begins.
   *
   * @param keeper gets the request with what was read, before the future is completed
   * @return completed with what was read, at most the limit
   */
  static CompletableFuture<byte[]> begin(
      Request request, int limit, BodyAllowance allowance, Consumer<ReplayedRequest> keeper) {
    Gathering gathering = new Gathering(request, limit, allowance, keeper);
    gathering.run();
    return gathering.whole;
  }

  @Override
  public void run() {
    try {
      readOn();
    } catch (IOException | RuntimeException | Error e) {
      whole.completeExceptionally(e);
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  private void readOn() throws IOException {
    while (!whole.isDone()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      boolean isLast = take(chunk);
      if (isLast || bytes.size() >= limit) {
        ReplayedRequest replayed = new ReplayedRequest(request, bytes.toByteArray(), isLast);
        keeper.accept(replayed);
        whole.complete(replayed.body(limit));
      }
    }
  }

  // Whether it is the last one.
  private boolean take(Content.Chunk chunk) throws IOException {
    if (Content.Chunk.isFailure(chunk)) {
      throw new IOException("the body cannot be read", chunk.getFailure());
    }
    try {
      allowance.take(chunk.remaining());
      byte[] content = new byte[chunk.remaining()];
      chunk.getByteBuffer().get(content);
      bytes.writeBytes(content);
      return chunk.isLast();
    } finally {
      chunk.release();
    }
  }
}
