package dev.countersign.agent.adapter.liberty;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A public method of Open Liberty, found by its name.
 *
 * @param method the method
 */
record Operation(Method method) {

  /**
   * Finds a method.
   *
   * @param type the binary name of its class, without what all begin with
   * @throws IllegalStateException if it is not there: the version is not known
   */
  static Operation of(String type, String name, Class<?>... parameters) {
    try {
      return new Operation(type(type).getMethod(name, parameters));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a version of Open Liberty that is not known", e);
    }
  }

  /** A class, by its binary name without what all begin with. */
  static Class<?> type(String name) {
    try {
      return Class.forName("com.ibm." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("a version of Open Liberty that is not known", e);
    }
  }

  /** Whether an object has the method. */
  boolean isOf(@Nullable Object receiver) {
    return method.getDeclaringClass().isInstance(receiver);
  }

  /**
   * Calls the method.
   *
   * @param receiver the object
   * @param arguments the arguments
   * @return what it returns
   */
  @Nullable Object on(@Nullable Object receiver, @Nullable Object... arguments) {
    try {
      return method.invoke(receiver, arguments);
    } catch (InvocationTargetException e) {
      // As they are used here, none of the methods throws a checked exception.
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
