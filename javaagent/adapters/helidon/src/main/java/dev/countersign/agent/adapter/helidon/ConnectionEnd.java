package dev.countersign.agent.adapter.helidon;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Optional;

/**
 * Ends a response of HTTP/1.1 together with its connection, as a client does that goes away. Only
 * the socket is closed here: what Helidon keeps with it is in use by the thread of the request,
 * which finds that out when it writes. Thread-safe.
 *
 * @param socket of the connection
 */
record ConnectionEnd(Closeable socket) implements Runnable {

  // A socket of java.net before, and a channel of java.nio from some version on. Nothing public
  // closes it in all versions. Held by the classes of the server, so that they can be unloaded.
  private static final ClassValue<Optional<Field>> SOCKET =
      new ClassValue<>() {
        @Override
        protected Optional<Field> computeValue(Class<?> connection) {
          Optional<Field> found =
              Arrays.stream(connection.getDeclaredFields())
                  .filter(field -> field.getName().equals("socket"))
                  .filter(field -> Closeable.class.isAssignableFrom(field.getType()))
                  .findFirst();
          found.ifPresent(field -> field.setAccessible(true));
          return found;
        }
      };

  /**
   * How the responses of a connection end.
   *
   * @param connection {@code ConnectionContext}
   * @return empty if it is of a kind that is not known, so that they cannot be ended
   */
  static Optional<ConnectionEnd> of(Object connection) {
    return SOCKET
        .get(connection.getClass())
        .map(field -> new ConnectionEnd(socket(field, connection)));
  }

  private static Closeable socket(Field field, Object connection) {
    try {
      return (Closeable) field.get(connection);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void run() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
