package dev.countersign.agent.runtime;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The one class that woven code calls. It is not used under this name: {@link GateDefinition}
 * defines it into {@code java.base}, where every class loader of an application finds it, OSGi's
 * among them. It uses nothing but the JDK, and is closed until the agent stands. Thread-safe.
 */
public final class Gate {

  private static volatile @Nullable BiFunction<Class<?>, Object[], @Nullable Object> door;

  private Gate() {}

  /**
   * Called by woven code.
   *
   * @param woven the class that calls
   * @param call the name of the hook point, the receiver, the arguments
   * @return what the interceptor says
   * @throws IllegalStateException if the agent does not stand
   */
  public static @Nullable Object pass(Class<?> woven, Object[] call) {
    BiFunction<Class<?>, Object[], @Nullable Object> open = door;
    if (open == null) {
      throw new IllegalStateException("the Countersign agent does not stand");
    }
    return open.apply(woven, call);
  }

  /**
   * Opens the gate, once.
   *
   * @param behind what takes the calls
   * @throws IllegalStateException if it is open already
   */
  public static synchronized void open(BiFunction<Class<?>, Object[], @Nullable Object> behind) {
    if (door != null) {
      throw new IllegalStateException("the gate is open already");
    }
    door = behind;
  }
}
