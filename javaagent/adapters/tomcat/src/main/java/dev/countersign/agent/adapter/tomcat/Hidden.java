package dev.countersign.agent.adapter.tomcat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A member of Tomcat's HTTP/2, whose classes are its package's own (9.0.50 to 11.0).
 *
 * @param handle what reads the field, or calls the method or the constructor
 */
record Hidden(MethodHandle handle) {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  /** A field; a static one is read without an object. */
  static Hidden field(String type, String name) {
    Field field = only(type(type).getDeclaredFields(), one -> one.getName().equals(name));
    try {
      return new Hidden(LOOKUP.unreflectGetter(field));
    } catch (IllegalAccessException e) {
      throw unknown(e);
    }
  }

  /** The method of a name that no other of its class has. */
  static Hidden method(String type, String name) {
    return methodIfAny(type, name).orElseThrow(Hidden::missing);
  }

  /** The method of a name that no other of its class has, and that not every version has. */
  static Optional<Hidden> methodIfAny(String type, String name) {
    return first(type(type).getDeclaredMethods(), one -> one.getName().equals(name))
        .map(Hidden::calling);
  }

  private static Hidden calling(Method method) {
    try {
      return new Hidden(LOOKUP.unreflect(method));
    } catch (IllegalAccessException e) {
      throw unknown(e);
    }
  }

  /** The constructor with so many parameters. */
  static Hidden constructor(String type, int parameters) {
    Constructor<?> constructor =
        only(type(type).getDeclaredConstructors(), one -> one.getParameterCount() == parameters);
    try {
      return new Hidden(LOOKUP.unreflectConstructor(constructor));
    } catch (IllegalAccessException e) {
      throw unknown(e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName("org.apache.coyote.http2." + name);
    } catch (ClassNotFoundException e) {
      throw unknown(e);
    }
  }

  private static <T extends AccessibleObject> T only(T[] members, Predicate<T> condition) {
    return first(members, condition).orElseThrow(Hidden::missing);
  }

  private static <T extends AccessibleObject> Optional<T> first(
      T[] members, Predicate<T> condition) {
    Optional<T> found = Arrays.stream(members).filter(condition).findFirst();
    found.ifPresent(member -> member.setAccessible(true));
    return found;
  }

  private static IllegalStateException missing() {
    return unknown(new ReflectiveOperationException("a member is missing"));
  }

  private static IllegalStateException unknown(ReflectiveOperationException e) {
    return new IllegalStateException("a version of Tomcat that is not known", e);
  }

  /** How many objects it takes, the one that it belongs to included. */
  int arity() {
    return handle.type().parameterCount();
  }

  /** Its value for the object that it belongs to, if any, and the arguments. */
  Object of(Object... arguments) {
    return Objects.requireNonNull(call(arguments));
  }

  /** Calls it. */
  @Nullable Object call(Object... arguments) {
    try {
      return handle.invokeWithArguments(arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
