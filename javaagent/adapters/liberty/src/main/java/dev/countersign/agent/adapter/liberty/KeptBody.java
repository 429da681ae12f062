package dev.countersign.agent.adapter.liberty;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, of which everything that is read is kept until it is given back. Used by
 * one thread at a time.
 */
final class KeptBody {

  private static final String STREAM = "ws.http.channel.internal.inbound.HttpInputStreamImpl";
  private static final String CONTEXT = "ws.http.channel.internal.HttpServiceContextImpl";
  private static final String READING = "wsspi.http.channel.inbound.HttpInboundServiceContext";
  private static final String BUFFERS = "wsspi.bytebuffer.WsByteBufferPoolManager";

  /** The methods; found once for each class loader of a server. */
  static final class Methods {

    private final Operation keep = Operation.of(STREAM, "setupChannelMultiRead");
    private final Operation replay = Operation.of(STREAM, "setReadFromChannelComplete");
    private final Operation forget = Operation.of(STREAM, "cleanupforMultiRead");
    private final Operation keeping =
        Operation.of(STREAM, "if_enableMultiReadofPostData_set", boolean.class);

    private final Operation next = Operation.of(READING, "getRequestBodyBuffer");
    private final Operation store =
        Operation.of(CONTEXT, "storeBuffer", Operation.type("wsspi.bytebuffer.WsByteBuffer"));
    private final Operation buffers =
        Operation.of("wsspi.channelfw.ChannelFrameworkFactory", "getBufferManager");
    private final Operation wrap = Operation.of(BUFFERS, "wrap", byte[].class);
  }

  private final Methods methods;
  private final Object context;
  private final InputStream stream;

  /**
   * A body that nobody has read.
   *
   * @param methods the methods
   * @param context what the stream reads from, {@code HttpInboundServiceContext}
   * @param stream what the application reads, {@code HttpInputStreamImpl}
   */
  KeptBody(Methods methods, Object context, InputStream stream) {
    this.methods = methods;
    this.context = context;
    this.stream = stream;
    methods.keep.on(stream);
  }

  InputStream stream() {
    return stream;
  }

  /** What was kept is all that the application reads, as after an upgrade to HTTP/2. */
  void replay() {
    methods.replay.on(stream);
  }

  /**
   * What was kept is what the application reads first. Liberty's own way would read all the rest
   * before.
   *
   * @param read all that was read from the stream
   */
  void replayAndGoOn(byte[] read) throws IOException {
    // Up to the end of Liberty's last buffer, which goes with the others.
    byte[] rest = stream.readNBytes(stream.available());
    methods.forget.on(stream);
    methods.keeping.on(stream, false);
    byte[] all = Arrays.copyOf(read, read.length + rest.length);
    System.arraycopy(rest, 0, all, read.length, rest.length);
    putBack(Objects.requireNonNull(methods.wrap.on(methods.buffers.on(null), all)));
  }

  // The context takes a buffer behind those that it has, and gives them before it reads another.
  private void putBack(Object first) {
    List<Object> inOrder = new ArrayList<>(List.of(first));
    store(first);
    @Nullable Object next = methods.next.on(context);
    while (next != null && next != first) {
      inOrder.add(next);
      next = methods.next.on(context);
    }
    inOrder.forEach(this::store);
  }

  private void store(Object buffer) {
    methods.store.on(context, buffer);
  }
}
