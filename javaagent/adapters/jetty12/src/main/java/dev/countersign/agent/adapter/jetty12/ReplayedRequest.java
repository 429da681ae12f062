package dev.countersign.agent.adapter.jetty12;

import dev.countersign.spi.BodyAllowance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/** A request whose body, or the beginning of it, has been read and is read once more. */
final class ReplayedRequest extends Request.Wrapper {

  private final byte[] read;
  private Content.@Nullable Chunk replay;

  private ReplayedRequest(Request request, byte[] read, boolean whole) {
    super(request);
    this.read = read;
    this.replay = Content.Chunk.from(ByteBuffer.wrap(read), whole);
  }

  /** Reads until the end, or a limit has been reached; blocks. */
  static ReplayedRequest read(Request request, int limit, BodyAllowance allowance)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean whole = false;
    while (!whole && bytes.size() < limit) {
      Content.Chunk chunk = next(request);
      if (Content.Chunk.isFailure(chunk)) {
        throw new IOException("the body cannot be read", chunk.getFailure());
      }
      try {
        allowance.take(chunk.remaining());
        byte[] content = new byte[chunk.remaining()];
        chunk.getByteBuffer().get(content);
        bytes.writeBytes(content);
        whole = chunk.isLast();
      } finally {
        chunk.release();
      }
    }
    return new ReplayedRequest(request, bytes.toByteArray(), whole);
  }

  private static Content.Chunk next(Request request) throws IOException {
    Content.Chunk chunk = request.read();
    while (chunk == null) {
      Arrival arrival = new Arrival();
      request.demand(arrival);
      arrival.await();
      chunk = request.read();
    }
    return chunk;
  }

  /** What was read, at most the limit. */
  byte[] body(int limit) {
    return read.length <= limit ? read.clone() : Arrays.copyOf(read, limit);
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

  /** Content that has come. It wakes a thread and does nothing else, so it may run anywhere. */
  private static final class Arrival implements Runnable, Invocable {

    private final Semaphore arrived = new Semaphore(0);

    @Override
    public void run() {
      arrived.release();
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }

    void await() throws IOException {
      try {
        arrived.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
  }
}
