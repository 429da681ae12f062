package dev.countersign.agent.adapter.jetty9;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpChannelState;

/**
 * What the state of a request knows of reading. The end of a body makes it ready for a listener; if
 * the body is put back, an application that goes on in another thread would have one called that it
 * never set.
 */
final class ReadState {

  private static final Optional<Field> FIELD =
      Stream.of(HttpChannelState.class.getDeclaredFields())
          .filter(field -> field.getName().matches("_inputState|_asyncRead"))
          .filter(field -> idle(field).isPresent())
          .findFirst();

  private ReadState() {}

  // The first versions of 9.4 keep it otherwise, and call no listener that is not there.
  private static Optional<?> idle(Field field) {
    return field.getType().isEnum()
        ? Arrays.stream(field.getType().getEnumConstants())
            .filter(one -> one.toString().equals("IDLE"))
            .findFirst()
        : Optional.empty();
  }

  /** Nothing has been read. */
  static void reset(HttpChannelState state) {
    if (FIELD.isEmpty()) {
      return;
    }
    Field field = FIELD.get();
    synchronized (state) {
      try {
        field.setAccessible(true);
        field.set(state, idle(field).orElseThrow());
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("a version of Jetty whose body cannot be read twice", e);
      }
    }
  }
}
