package dev.countersign.agent.adapter.micronaut;

import io.micronaut.http.server.netty.handler.OutboundAccess;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Optional;

/**
 * Ends one response of HTTP/2, whose connection has others, by a reset of its stream. Thread-safe.
 *
 * @param handler the context of what speaks HTTP/2 on the connection
 * @param stream the number of the stream
 */
record StreamReset(ChannelHandlerContext handler, int stream) implements Runnable {

  // Nothing public says which stream a response has. Held by the classes of the server, so that
  // they can be unloaded.
  private static final ClassValue<Optional<Field>> STREAM =
      new ClassValue<>() {
        @Override
        protected Optional<Field> computeValue(Class<?> outbound) {
          Optional<Field> found =
              Arrays.stream(outbound.getDeclaredFields())
                  .filter(field -> field.getType() == Http2Stream.class)
                  .findFirst();
          found.ifPresent(field -> field.setAccessible(true));
          return found;
        }
      };

  /**
   * How a response ends.
   *
   * @return empty if nobody knows its stream, so that it cannot be ended
   */
  static Optional<StreamReset> of(ChannelHandlerContext handler, OutboundAccess outbound) {
    return STREAM
        .get(outbound.getClass())
        .map(field -> new StreamReset(handler, id(field, outbound)));
  }

  private static int id(Field field, OutboundAccess outbound) {
    try {
      return ((Http2Stream) field.get(outbound)).id();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void run() {
    handler.executor().execute(this::reset);
  }

  private void reset() {
    Http2ConnectionHandler connection = (Http2ConnectionHandler) handler.handler();
    connection.resetStream(handler, stream, Http2Error.CANCEL.code(), handler.newPromise());
    handler.flush();
  }
}
