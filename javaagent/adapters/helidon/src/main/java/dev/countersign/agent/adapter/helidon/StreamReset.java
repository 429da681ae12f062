package dev.countersign.agent.adapter.helidon;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends one response of HTTP/2, whose connection has others, by a reset of its stream: to Helidon it
 * is as if the client had reset it, and what the application writes afterwards fails. Thread-safe.
 *
 * @param stream {@code Http2ServerStream}
 */
record StreamReset(Object stream) implements Runnable {

  private static final String RESET = "http.http2.Http2RstStream";
  private static final String FLAGS = "http.http2.Http2Flag$NoFlags";

  // RFC 9113 section 7.
  private static final byte[] CANCEL = {0, 0, 0, 8};

  private static final Inner OF_RESPONSE = Inner.of("Http2ServerResponse", "stream");
  private static final Inner WRITTEN = Inner.of("Http2ServerStream", "writeState");
  private static final Inner END = Inner.of("Http2ServerStream$WriteState", "END");
  private static final Inner WRITER = Inner.of("Http2ServerStream", "writer");
  private static final Inner SETTINGS = Inner.of("Http2ServerStream", "clientSettings");
  private static final Inner STREAMS = Inner.of("Http2ServerStream", "streams");

  private static final Operation NUMBER = Operation.of("http.http2.Http2Stream", "streamId");
  private static final Operation RESET_BY_CLIENT =
      Operation.of("http.http2.Http2Stream", "rstStream", Operation.type(RESET));
  private static final Operation BYTES =
      Operation.of("common.buffers.BufferData", "create", byte[].class);
  private static final Operation REASON =
      Operation.of(RESET, "create", Operation.type("common.buffers.BufferData"));
  private static final Operation NO_FLAGS = Operation.of(FLAGS, "create");
  private static final Operation FRAME =
      Operation.of(
          RESET,
          "toFrameData",
          Operation.type("http.http2.Http2Settings"),
          int.class,
          Operation.type(FLAGS));
  private static final Operation WRITE =
      Operation.of(
          "http.http2.Http2StreamWriter", "write", Operation.type("http.http2.Http2FrameData"));
  private static final Operation FORGET =
      Operation.hidden("webserver.http2.Http2ConcurrentConnectionStreams", "remove", int.class);

  /**
   * How a response ends.
   *
   * @return empty before Helidon 4.1.6, where no other thread can tell that of the request
   */
  static Optional<StreamReset> of(Object response) {
    return WRITTEN.isOf(AtomicReference.class)
        ? Optional.of(new StreamReset(OF_RESPONSE.of(response)))
        : Optional.empty();
  }

  @Override
  public void run() {
    if (isOver()) {
      return;
    }
    int number = (int) NUMBER.on(stream);
    Object reason = REASON.on(null, BYTES.on(null, (Object) CANCEL));
    WRITE.on(WRITER.of(stream), FRAME.on(reason, SETTINGS.of(stream), number, NO_FLAGS.on(null)));
    RESET_BY_CLIENT.on(stream, reason);
    FORGET.on(STREAMS.of(stream), number);
  }

  // Whoever ends it first: the other one finds that it is.
  @SuppressWarnings("unchecked")
  private boolean isOver() {
    AtomicReference<Object> written = (AtomicReference<Object>) WRITTEN.of(stream);
    Object end = END.of(null);
    return written.getAndSet(end) == end;
  }
}
