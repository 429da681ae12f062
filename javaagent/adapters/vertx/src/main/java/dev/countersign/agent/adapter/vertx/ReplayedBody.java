package dev.countersign.agent.adapter.vertx;

import dev.countersign.spi.BodyAllowance;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that is read for a decision and then streamed to the application: what was
 * read first, then what is still to come, at the pace that the application asks for. Used on the
 * context of its request.
 */
public final class ReplayedBody implements ReadStream<Buffer> {

  private final HttpServerRequest request;
  private final Context context;
  private final Queue<Buffer> chunks = new ArrayDeque<>();
  private int size;
  private boolean isComplete;

  private final Promise<Buffer> whole = Promise.promise();
  private final Promise<Void> end = Promise.promise();
  private @Nullable Buffer collected;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private long demand = Long.MAX_VALUE;
  private boolean isStreaming;
  private boolean isEnded;

  ReplayedBody(HttpServerRequest request, Context context) {
    this.request = request;
    this.context = context;
  }

  /**
   * Reads a paused request until its end or the limit, and leaves it paused.
   *
   * @param limit the greatest number of bytes
   * @param allowance is asked for each part that arrives
   * @param read completed on the context
   */
  void read(int limit, BodyAllowance allowance, CompletableFuture<byte[]> read) {
    request.exceptionHandler(read::completeExceptionally);
    request.endHandler(
        end -> {
          isComplete = true;
          read.complete(bytes(limit));
        });
    request.handler(
        chunk -> {
          if (!isAllowed(chunk, allowance, read)) {
            return;
          }
          chunks.add(chunk);
          size += chunk.length();
          if (size >= limit) {
            request.pause();
            read.complete(bytes(limit));
          }
        });
    request.resume();
  }

  // What comes after the reader has stopped to wait is dropped.
  private static boolean isAllowed(
      Buffer chunk, BodyAllowance allowance, CompletableFuture<byte[]> read) {
    try {
      allowance.take(chunk.length());
    } catch (IOException e) {
      read.completeExceptionally(e);
    }
    return !read.isCompletedExceptionally();
  }

  private byte[] bytes(int limit) {
    Buffer all = Buffer.buffer(size);
    chunks.forEach(all::appendBuffer);
    return all.getBytes(0, Math.min(limit, size));
  }

  /** Lets go of what was read, and of what will be: the client may stay connected for long. */
  void forget() {
    request.handler(null);
    chunks.clear();
  }

  /** Begins to stream, once the application has had the time to say where to. */
  void start() {
    request.exceptionHandler(null);
    schedule();
  }

  private void schedule() {
    context.runOnContext(this::advance);
  }

  // One step for each turn of the loop, so that a handler that throws stops nothing.
  private void advance(Void ignored) {
    if (demand == 0 || isStreaming || isEnded) {
      return;
    }
    Buffer next = chunks.poll();
    if (next != null) {
      demand = demand == Long.MAX_VALUE ? demand : demand - 1;
      schedule();
      give(next);
    } else if (isComplete) {
      finish();
    } else {
      isStreaming = true;
      request.handler(this::give);
      request.endHandler(end -> finish());
      request.fetch(demand);
    }
  }

  private void give(Buffer chunk) {
    if (collected != null) {
      collected.appendBuffer(chunk);
    }
    if (handler != null) {
      handler.handle(chunk);
    }
  }

  private void finish() {
    isEnded = true;
    if (collected != null) {
      whole.complete(collected);
    }
    end.complete(null);
    if (endHandler != null) {
      endHandler.handle(null);
    }
  }

  /**
   * The whole body.
   *
   * @return completed at the end
   */
  public Future<Buffer> whole() {
    needsMore();
    if (collected == null) {
      collected = Buffer.buffer();
    }
    return whole.future();
  }

  /**
   * The end.
   *
   * @return completed at the end
   */
  public Future<Void> end() {
    needsMore();
    return end.future();
  }

  /**
   * Whether all was given to the application.
   *
   * @return true from the end on
   */
  public boolean isEnded() {
    return isEnded;
  }

  // What the request itself says to those who come too late.
  private void needsMore() {
    if (isEnded) {
      throw new IllegalStateException("Request has already been read");
    }
  }

  @Override
  public ReplayedBody handler(@Nullable Handler<Buffer> handler) {
    if (handler != null) {
      needsMore();
    }
    this.handler = handler;
    return this;
  }

  @Override
  public ReplayedBody endHandler(@Nullable Handler<Void> endHandler) {
    if (endHandler != null) {
      needsMore();
    }
    this.endHandler = endHandler;
    return this;
  }

  @Override
  public ReplayedBody exceptionHandler(@Nullable Handler<Throwable> exceptionHandler) {
    request.exceptionHandler(exceptionHandler);
    return this;
  }

  @Override
  public ReplayedBody pause() {
    demand = 0;
    if (isStreaming) {
      request.pause();
    }
    return this;
  }

  @Override
  public ReplayedBody resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public ReplayedBody fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    if (isStreaming) {
      request.fetch(amount);
    } else {
      schedule();
    }
    return this;
  }
}
