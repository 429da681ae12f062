package dev.countersign.agent.adapter.tomcat;

import java.lang.reflect.Field;

/**
 * What a request or a response keeps to itself (Tomcat 9.0 to 11.0).
 *
 * @param field where it is
 * @param type what it is
 * @param <O> whose it is
 * @param <T> what it is
 */
record OwnField<O, T>(Field field, Class<T> type) {

  static <O, T> OwnField<O, T> of(Class<O> owner, String name, Class<T> type) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return new OwnField<>(field, type);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("this Tomcat has no " + name + " in " + owner.getName(), e);
    }
  }

  T get(O owner) {
    try {
      return type.cast(field.get(owner));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("what Tomcat keeps to itself cannot be read", e);
    }
  }

  /** Sets it if it is still what it was set to. */
  void replace(O owner, T was, T value) {
    if (get(owner) == was) {
      set(owner, value);
    }
  }

  void set(O owner, T value) {
    try {
      field.set(owner, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("what Tomcat keeps to itself cannot be changed", e);
    }
  }
}
