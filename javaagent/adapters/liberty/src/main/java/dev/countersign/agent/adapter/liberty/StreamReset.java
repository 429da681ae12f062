package dev.countersign.agent.adapter.liberty;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends one response of HTTP/2, whose connection has others, by a reset of its stream: what the
 * application writes afterwards fails. Thread-safe, by the monitor that Liberty itself uses.
 *
 * @param stream {@code H2StreamProcessor}
 * @param number of the stream
 */
record StreamReset(Object stream, int number) implements Runnable {

  private static final String H2 = "ws.http.channel.h2internal.";
  private static final String LINK = H2 + "H2HttpInboundLinkWrap";
  private static final String STREAM = H2 + "H2StreamProcessor";

  // RFC 9113 section 7.
  private static final int CANCEL = 8;

  private static final Operation NUMBER = Operation.of(LINK, "getStreamId");
  private static final Operation FIND =
      Operation.of(H2 + "H2InboundLink", "getStreamProcessor", Integer.class);
  private static final Operation IS_CLOSED = Operation.of(STREAM, "isStreamClosed");
  private static final Operation PROCESS =
      Operation.of(
          STREAM,
          "processNextFrame",
          Operation.type(H2 + "frames.Frame"),
          Operation.type(H2 + "Constants$Direction"));
  private static final Members MEMBERS = Members.find();

  /**
   * What is no method.
   *
   * @param connection the connection of a stream
   * @param frame what resets one
   * @param out the direction of a frame that is written
   * @param isSent whether Liberty has reset a stream, and so ignores what the application writes
   */
  private record Members(Field connection, Constructor<?> frame, Object out, Field isSent) {

    static Members find() {
      try {
        Field isSent = Operation.type(STREAM).getDeclaredField("rstStreamSent");
        isSent.setAccessible(true);
        return new Members(
            Operation.type(LINK).getField("muxLink"),
            Operation.type(H2 + "frames.FrameRstStream")
                .getConstructor(int.class, int.class, boolean.class),
            Operation.type(H2 + "Constants$Direction").getField("WRITING_OUT").get(null),
            isSent);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a version of Open Liberty that is not known", e);
      }
    }
  }

  /**
   * How a response ends.
   *
   * @param link {@code HttpInboundLink}
   * @return empty if it is no stream of HTTP/2 that is open
   */
  static Optional<StreamReset> of(Object link) {
    if (!NUMBER.isOf(link)) {
      return Optional.empty();
    }
    try {
      int number = (int) Objects.requireNonNull(NUMBER.on(link));
      @Nullable Object stream = FIND.on(MEMBERS.connection.get(link), number);
      return Optional.ofNullable(stream).map(found -> new StreamReset(found, number));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void run() {
    synchronized (stream) {
      if (!Boolean.TRUE.equals(IS_CLOSED.on(stream))) {
        try {
          PROCESS.on(stream, MEMBERS.frame.newInstance(number, CANCEL, false), MEMBERS.out);
          // As if the client had reset it: otherwise nobody tells the application.
          MEMBERS.isSent.set(stream, false);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
        // Who waits until the client takes more.
        stream.notifyAll();
      }
    }
  }
}
