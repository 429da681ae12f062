package dev.countersign.agent.adapter.jetty12;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request whose body, or the beginning of it, has been read and is read once more. */
final class ReplayedRequest extends Request.Wrapper {

  private Content.@Nullable Chunk replay;

  /**
   * A request.
   *
   * @param read what was read of the body
   * @param whole whether that is all of it
   */
  ReplayedRequest(Request request, byte[] read, boolean whole) {
    super(request);
    this.replay = Content.Chunk.from(ByteBuffer.wrap(read), whole);
  }

  @Override
  public Content.@Nullable Chunk read() {
    Content.Chunk chunk = replay;
    if (chunk == null) {
      return super.read();
    }
    replay = chunk.isLast() ? Content.Chunk.EOF : null;
    return chunk;
  }

  @Override
  public void demand(Runnable demand) {
    if (replay == null) {
      super.demand(demand);
    } else {
      demand.run();
    }
  }

  @Override
  public boolean consumeAvailable() {
    replay = replay != null && replay.isLast() ? Content.Chunk.EOF : null;
    return super.consumeAvailable();
  }

  @Override
  public void fail(Throwable failure) {
    replay = null;
    super.fail(failure);
  }
}
