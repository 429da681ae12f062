package dev.countersign.agent.adapter.undertow;

import dev.countersign.spi.BodyAllowance;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xnio.channels.StreamSourceChannel;

/** Reads a body on a thread that may block, and gives it back. */
final class RequestBody {

  private static final long PATIENCE_SECONDS = 30;

  private final HttpServerExchange exchange;
  private final StreamSourceChannel channel;
  private final BodyAllowance allowance;
  private final List<PooledByteBuffer> buffers = new ArrayList<>();

  private RequestBody(
      HttpServerExchange exchange, StreamSourceChannel channel, BodyAllowance allowance) {
    this.allowance = allowance;
    this.exchange = exchange;
    this.channel = channel;
  }

  static byte[] read(HttpServerExchange exchange, int limit, BodyAllowance allowance)
      throws IOException {
    if (exchange.isRequestComplete()) {
      return new byte[0];
    }
    if (HttpContinue.requiresContinueResponse(exchange)) {
      HttpContinue.sendContinueResponseBlocking(exchange);
    }
    StreamSourceChannel channel = exchange.getRequestChannel();
    if (channel == null) {
      throw new IOException("the body is being read already");
    }
    return new RequestBody(exchange, channel, allowance).read(limit);
  }

  private byte[] read(int limit) throws IOException {
    boolean isRead = false;
    try {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (body.size() < limit && fill(body)) {
        // Until the limit or the end.
      }
      if (!buffers.isEmpty()) {
        Connectors.ungetRequestBytes(exchange, buffers.toArray(new PooledByteBuffer[0]));
      }
      Connectors.resetRequestChannel(exchange);
      isRead = true;
      return Arrays.copyOf(body.toByteArray(), Math.min(body.size(), limit));
    } finally {
      if (!isRead) {
        buffers.forEach(PooledByteBuffer::close);
      }
    }
  }

  /** Reads one buffer full; false at the end. */
  private boolean fill(ByteArrayOutputStream body) throws IOException {
    PooledByteBuffer pooled = exchange.getConnection().getByteBufferPool().allocate();
    buffers.add(pooled);
    ByteBuffer buffer = pooled.getBuffer();
    int read = 0;
    while (read >= 0 && buffer.hasRemaining()) {
      read = channel.read(buffer);
      if (read == 0) {
        await();
      } else if (read > 0) {
        allowance.take(read);
      }
    }
    buffer.flip();
    if (!buffer.hasRemaining()) {
      buffers.remove(pooled);
      pooled.close();
      return false;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    body.writeBytes(bytes);
    return read >= 0;
  }

  private void await() throws IOException {
    long start = System.nanoTime();
    channel.awaitReadable(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (System.nanoTime() - start >= TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
      throw new IOException("the client has stopped to send");
    }
  }
}
