package dev.countersign.agent.adapter.undertow;

import dev.countersign.spi.BodyAllowance;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSourceChannel;

/** Gathers a body on the I/O thread of its exchange, as it arrives, and gives it back. */
final class RequestBody {

  private final HttpServerExchange exchange;
  private final int limit;
  private final BodyAllowance allowance;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private final List<PooledByteBuffer> buffers = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable PooledByteBuffer filling;

  private RequestBody(HttpServerExchange exchange, int limit, BodyAllowance allowance) {
    this.exchange = exchange;
    this.limit = limit;
    this.allowance = allowance;
  }

  static CompletableFuture<byte[]> gather(
      HttpServerExchange exchange, int limit, BodyAllowance allowance) {
    RequestBody gathered = new RequestBody(exchange, limit, allowance);
    var unused =
        gathered.whole.whenComplete(
            (bytes, failure) -> {
              if (failure != null) {
                exchange.getIoThread().execute(gathered::drop);
              }
            });
    exchange.getIoThread().execute(() -> gathered.attempt(gathered::begin));
    return gathered.whole;
  }

  private interface Step {
    void take() throws IOException;
  }

  private void attempt(Step step) {
    try {
      step.take();
    } catch (IOException | RuntimeException | Error e) {
      whole.completeExceptionally(e);
    }
  }

  private void begin() throws IOException {
    if (exchange.isRequestComplete()) {
      whole.complete(new byte[0]);
    } else if (HttpContinue.requiresContinueResponse(exchange)) {
      HttpContinue.sendContinueResponse(exchange, new Continued());
    } else {
      open();
    }
  }

  private final class Continued implements IoCallback {

    @Override
    public void onComplete(HttpServerExchange same, Sender sender) {
      attempt(RequestBody.this::open);
    }

    @Override
    public void onException(HttpServerExchange same, Sender sender, IOException cause) {
      whole.completeExceptionally(cause);
    }
  }

  private void open() throws IOException {
    StreamSourceChannel channel = exchange.getRequestChannel();
    if (channel == null) {
      throw new IOException("the body is being read already");
    }
    readOn(channel);
  }

  private void readOn(StreamSourceChannel channel) throws IOException {
    int read = 1;
    while (read > 0 && !whole.isDone() && body.size() < limit) {
      read = readSome(channel);
    }
    if (whole.isDone()) {
      // Nobody waits; the server itself reads what is left, behind its answer.
      channel.suspendReads();
    } else if (read == 0) {
      releaseEmpty();
      channel.getReadSetter().set(same -> attempt(() -> readOn(same)));
      channel.resumeReads();
    } else {
      channel.suspendReads();
      channel.getReadSetter().set(null);
      giveBack();
    }
  }

  // One buffer after the other is filled, as they are given back.
  private int readSome(StreamSourceChannel channel) throws IOException {
    PooledByteBuffer pooled = filling;
    if (pooled == null) {
      pooled = exchange.getConnection().getByteBufferPool().allocate();
      filling = pooled;
    }
    ByteBuffer buffer = pooled.getBuffer();
    int start = buffer.position();
    int read = channel.read(buffer);
    if (read > 0) {
      allowance.take(read);
      byte[] bytes = new byte[read];
      buffer.duplicate().position(start).get(bytes);
      body.writeBytes(bytes);
    }
    if (!buffer.hasRemaining()) {
      buffers.add(pooled);
      filling = null;
    }
    return read;
  }

  // Clients that send nothing are many, perhaps.
  private void releaseEmpty() {
    PooledByteBuffer last = filling;
    if (last != null && last.getBuffer().position() == 0) {
      last.close();
      filling = null;
    }
  }

  private void giveBack() {
    releaseEmpty();
    PooledByteBuffer last = filling;
    filling = null;
    if (last != null) {
      buffers.add(last);
    }
    buffers.forEach(buffer -> buffer.getBuffer().flip());
    if (!buffers.isEmpty()) {
      Connectors.ungetRequestBytes(exchange, buffers.toArray(new PooledByteBuffer[0]));
      // They are the server's now.
      buffers.clear();
    }
    Connectors.resetRequestChannel(exchange);
    whole.complete(Arrays.copyOf(body.toByteArray(), Math.min(body.size(), limit)));
  }

  private void drop() {
    PooledByteBuffer last = filling;
    if (last != null) {
      last.close();
    }
    buffers.forEach(PooledByteBuffer::close);
    buffers.clear();
    filling = null;
    body.reset();
  }
}
