package dev.countersign.agent.adapter.tomcat;

import java.lang.reflect.Field;
import org.apache.coyote.Response;

/**
 * What a response keeps to itself (Tomcat 9.0 to 11.0).
 *
 * @param field where it is
 * @param type what it is
 * @param <T> the same
 */
record ResponseField<T>(Field field, Class<T> type) {

  static <T> ResponseField<T> named(String name, Class<T> type) {
    try {
      Field field = Response.class.getDeclaredField(name);
      field.setAccessible(true);
      return new ResponseField<>(field, type);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("this Tomcat has no " + name + " in a response", e);
    }
  }

  T of(Response response) {
    try {
      return type.cast(field.get(response));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a response cannot be read", e);
    }
  }

  void set(Response response, T value) {
    try {
      field.set(response, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a response cannot be changed", e);
    }
  }
}
