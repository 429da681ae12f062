package dev.countersign.agent.adapter.ktor;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;

/** A field of the server's own classes to which they give no way. Thread-safe. */
final class PrivateField {

  // Held by the classes of the server, so that they can be unloaded.
  private final ClassValue<Field> fields =
      new ClassValue<>() {
        @Override
        protected Field computeValue(Class<?> owner) {
          return find(owner);
        }
      };

  private final List<String> names;

  /**
   * A field.
   *
   * @param names its names, in one class or another
   */
  PrivateField(String... names) {
    this.names = List.of(names);
  }

  private Field find(Class<?> owner) {
    Field field =
        Arrays.stream(owner.getDeclaredFields())
            .filter(one -> names.contains(one.getName()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(owner + " has none of " + names));
    field.setAccessible(true);
    return field;
  }

  /** What is in it. */
  Object get(Object owner) {
    try {
      return fields.get(owner.getClass()).get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts something into it. */
  void set(Object owner, Object value) {
    try {
      fields.get(owner.getClass()).set(owner, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
