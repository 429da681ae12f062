package dev.countersign.agent.adapter.helidon;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A public method of Helidon, found by its name.
 *
 * @param method the method
 */
record Operation(Method method) {

  private static final String PACKAGE = "io.helidon.";

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
      throw new IllegalStateException("a version of Helidon that is not known", e);
    }
  }

  /** As {@link #of}, for a method that some of the versions do not have. */
  static Optional<Operation> ifThere(String type, String name, Class<?>... parameters) {
    return Arrays.stream(type(type).getMethods())
        .filter(
            method ->
                method.getName().equals(name)
                    && Arrays.equals(method.getParameterTypes(), parameters))
        .findFirst()
        .map(Operation::new);
  }

  /** As {@link #of}, for a method of a type that is not public. */
  static Operation hidden(String type, String name, Class<?>... parameters) {
    Operation found = of(type, name, parameters);
    found.method.setAccessible(true);
    return found;
  }

  static Class<?> type(String name) {
    try {
      return Class.forName(PACKAGE + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("a version of Helidon that is not known", e);
    }
  }

  /** Whether there is such a type: Helidon comes in many parts. */
  static boolean isThere(String type) {
    try {
      Class.forName(PACKAGE + type, false, Operation.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /**
   * Calls the method.
   *
   * @param receiver the object; null for a static method
   * @param arguments the arguments
   * @return what it returns, which Helidon never lets be null in the methods that are used
   */
  Object on(@Nullable Object receiver, Object... arguments) {
    try {
      return method.invoke(receiver, arguments);
    } catch (InvocationTargetException e) {
      // None of the methods declares a checked exception.
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
