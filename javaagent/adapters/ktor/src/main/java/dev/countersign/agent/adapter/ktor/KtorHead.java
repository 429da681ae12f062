package dev.countersign.agent.adapter.ktor;

import dev.countersign.spi.ResponseHead;
import io.ktor.http.HeadersBuilder;
import io.ktor.http.HttpStatusCode;
import io.ktor.server.engine.BaseApplicationResponse;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The head of a response of Ktor, whose own interface for fields takes none away: behind it is what
 * the engine writes.
 */
final class KtorHead implements ResponseHead {

  // Of CIO; of Netty for HTTP/1.1, HTTP/2 and HTTP/3.
  private static final List<String> NAMES = List.of("headersBuilder", "responseHeaders");

  // Held by the classes of the server, so that they can be unloaded.
  private static final ClassValue<Field> FIELDS =
      new ClassValue<>() {
        @Override
        protected Field computeValue(Class<?> response) {
          return field(response);
        }
      };

  private final BaseApplicationResponse response;

  KtorHead(BaseApplicationResponse response) {
    this.response = response;
  }

  private static Field field(Class<?> response) {
    Field field =
        Arrays.stream(response.getDeclaredFields())
            .filter(one -> NAMES.contains(one.getName()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(response + " keeps its fields elsewhere"));
    field.setAccessible(true);
    return field;
  }

  @Override
  public int status() {
    HttpStatusCode status = Objects.requireNonNull(response.status());
    return status.getValue();
  }

  @Override
  public List<String> headers(String name) {
    return List.copyOf(response.getHeaders().values(name));
  }

  @Override
  public void headers(String name, List<String> values) {
    Object fields;
    try {
      fields = FIELDS.get(response.getClass()).get(response);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    if (fields instanceof HeadersBuilder builder) {
      builder.remove(name);
      builder.appendAll(name, values);
    } else {
      NettyFields.set(fields, name, values);
    }
  }
}
