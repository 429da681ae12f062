package dev.countersign.agent.adapter.helidon;

import dev.countersign.http.FieldNames;
import java.lang.reflect.Field;

/**
 * Takes fields from a request, which has a way to change one, but none to take it away.
 * Thread-safe.
 */
final class Hiding {

  private static final String REQUEST = "webserver.http.ServerRequest";

  // Held by the classes of the server, so that they can be unloaded.
  private static final ClassValue<Field> CHANGED =
      new ClassValue<>() {
        @Override
        protected Field computeValue(Class<?> request) {
          return changed(request);
        }
      };

  private final Request.Methods ofRequest;
  private final Operation headers = Operation.of(REQUEST, "headers");
  private final Operation contains =
      Operation.of("http.Headers", "contains", Operation.type("http.HeaderName"));
  private final Operation change =
      Operation.of("webserver.http.HttpRequest", "header", Operation.type("http.Header"));
  private final Operation header =
      Operation.of("http.HeaderValues", "create", Operation.type("http.HeaderName"), String.class);
  private final Operation remove =
      Operation.of("http.WritableHeaders", "remove", Operation.type("http.HeaderName"));

  Hiding(Request.Methods ofRequest) {
    this.ofRequest = ofRequest;
  }

  // The copy of its fields that a request makes when the first one is changed.
  private static Field changed(Class<?> request) {
    for (Class<?> type = request; type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals("writable")) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new IllegalStateException("a version of Helidon whose fields cannot be hidden");
  }

  void hide(Object request, FieldNames names) {
    for (String text : names) {
      Object name = ofRequest.name(text);
      if (contains.on(headers.on(request), name).equals(true)) {
        change.on(request, header.on(null, name, ""));
        remove.on(copy(request), name);
      }
    }
  }

  private static Object copy(Object request) {
    try {
      return CHANGED.get(request.getClass()).get(request);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
