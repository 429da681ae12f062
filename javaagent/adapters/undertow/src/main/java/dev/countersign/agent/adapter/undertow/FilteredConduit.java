package dev.countersign.agent.adapter.undertow;

import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.BodyFilter.Way;
import dev.countersign.spi.FilteredBody;
import dev.countersign.spi.ResponseHead;
import io.undertow.server.ConduitWrapper;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ConduitFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;

/**
 * The way out of a body that goes through a filter. It takes whatever it is given; what the
 * connection does not take yet waits in it.
 */
final class FilteredConduit extends AbstractStreamSinkConduit<StreamSinkConduit> {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final FilteredBody body;
  private final ResponseHead head;
  private ByteBuffer pending = NOTHING;
  private boolean ended;
  private boolean endedBelow;

  private FilteredConduit(StreamSinkConduit next, FilteredBody body, ResponseHead head) {
    super(next);
    this.body = body;
    this.head = head;
  }

  /** Puts it between the application and the encoding of the response, once there is a head. */
  static ConduitWrapper<StreamSinkConduit> of(BodyFilter filter) {
    return (factory, exchange) -> between(factory, exchange, new FilteredBody(filter));
  }

  private static StreamSinkConduit between(
      ConduitFactory<StreamSinkConduit> factory, HttpServerExchange exchange, FilteredBody body) {
    ResponseHead head = new UndertowHead(exchange);
    if (body.way(head) == Way.AS_IS) {
      return factory.create();
    }
    // The encoding is chosen here, and the head itself is written with the first octet.
    head.headers("Content-Length", List.of());
    return new FilteredConduit(factory.create(), body, head);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    if (!isDrained()) {
      return 0;
    }
    byte[] octets = new byte[source.remaining()];
    source.get(octets);
    pending = body.pass(head, octets, false).map(ByteBuffer::wrap).orElse(NOTHING);
    isDrained();
    return octets.length;
  }

  private boolean isDrained() throws IOException {
    while (pending.hasRemaining()) {
      if (next.write(pending) == 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    long written = 0;
    for (int at = offset; at < offset + length; at++) {
      if (sources[at].hasRemaining()) {
        int one = write(sources[at]);
        if (one == 0) {
          break;
        }
        written += one;
      }
    }
    return written;
  }

  @Override
  public int writeFinal(ByteBuffer source) throws IOException {
    return Conduits.writeFinalBasic(this, source);
  }

  @Override
  public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
    return Conduits.writeFinalBasic(this, sources, offset, length);
  }

  @Override
  public long transferFrom(FileChannel source, long position, long count) throws IOException {
    return source.transferTo(position, count, new ConduitWritableByteChannel(this));
  }

  @Override
  public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through)
      throws IOException {
    return IoUtils.transfer(source, count, through, new ConduitWritableByteChannel(this));
  }

  @Override
  public boolean flush() throws IOException {
    if (!isDrained()) {
      return false;
    }
    if (ended && !endedBelow) {
      endedBelow = true;
      next.terminateWrites();
    }
    // A head that is held back stays here.
    return (!ended && body.way(head) == Way.WHOLE) || next.flush();
  }

  @Override
  public void terminateWrites() throws IOException {
    if (!ended) {
      ended = true;
      pending = body.pass(head, new byte[0], true).map(ByteBuffer::wrap).orElse(NOTHING);
      // The encoding that was chosen tells it.
      head.headers("Content-Length", List.of());
      flush();
    }
  }

  @Override
  public boolean isWriteShutdown() {
    return ended || super.isWriteShutdown();
  }
}
