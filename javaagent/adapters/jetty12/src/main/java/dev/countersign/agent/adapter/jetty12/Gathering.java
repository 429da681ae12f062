package dev.countersign.agent.adapter.jetty12;

import dev.countersign.agent.runtime.IncomingBody;
import dev.countersign.spi.BodyAllowance;
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
  private final IncomingBody body;
  // Written before the body is kept, by the thread that keeps it.
  private boolean hasEnded;

  private Gathering(
      Request request, int limit, BodyAllowance allowance, Consumer<ReplayedRequest> keeper) {
    this.request = request;
    this.body =
        new IncomingBody(
            limit,
            allowance,
            bytes -> keeper.accept(new ReplayedRequest(request, bytes, hasEnded)));
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
    return gathering.body.whole();
  }

  @Override
  public void run() {
    try {
      readOn();
    } catch (IOException | RuntimeException | Error e) {
      body.fail(e);
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  private void readOn() throws IOException {
    boolean isWanted = true;
    while (isWanted && !hasEnded) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      isWanted = body.add(taken(chunk));
    }
    body.end();
  }

  private byte[] taken(Content.Chunk chunk) throws IOException {
    if (Content.Chunk.isFailure(chunk)) {
      throw new IOException("the body cannot be read", chunk.getFailure());
    }
    try {
      hasEnded = chunk.isLast();
      byte[] content = new byte[chunk.remaining()];
      chunk.getByteBuffer().get(content);
      return content;
    } finally {
      chunk.release();
    }
  }
}
