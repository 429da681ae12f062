package dev.countersign.agent.adapter.helidon;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * A private field of Helidon's HTTP/2.
 *
 * @param field the field
 */
record Inner(Field field) {

  /**
   * Finds a field.
   *
   * @param type the name of its class
   * @throws IllegalStateException if it is not there: the version is not known
   */
  static Inner of(String type, String name) {
    try {
      Field field = Operation.type("webserver.http2." + type).getDeclaredField(name);
      field.setAccessible(true);
      return new Inner(field);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("a version of Helidon that is not known", e);
    }
  }

  /** Whether it can have a value of a type. */
  boolean isOf(Class<?> type) {
    return type.isAssignableFrom(field.getType());
  }

  /**
   * Its value.
   *
   * @param owner the object; null for a static field
   * @return the value, which is never null in the fields that are used
   */
  Object of(@Nullable Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
