package dev.countersign.agent.runtime;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Brings each call of the gate to the interceptor of its hook point. Thread-safe. */
final class Interceptors implements BiFunction<Class<?>, Object[], @Nullable Object> {

  private final Engine engine;

  // Held by the woven classes themselves, so that they can be unloaded.
  private final ClassValue<Map<String, Interceptor>> known =
      new ClassValue<>() {
        @Override
        protected Map<String, Interceptor> computeValue(Class<?> woven) {
          return new ConcurrentHashMap<>();
        }
      };

  Interceptors(Engine engine) {
    this.engine = engine;
  }

  @Override
  public @Nullable Object apply(Class<?> woven, Object[] call) {
    String point = (String) call[0];
    Map<String, Interceptor> ofClass = known.get(woven);
    Interceptor interceptor = ofClass.get(point);
    if (interceptor == null) {
      interceptor = ofClass.computeIfAbsent(point, name -> create(woven, HookPoint.valueOf(name)));
    }
    try {
      return interceptor.intercept(new Call(call));
    } catch (IOException e) {
      throw Interceptors.<RuntimeException>undeclared(e);
    }
  }

  private Interceptor create(Class<?> woven, HookPoint point) {
    try {
      return (Interceptor)
          AdapterLoader.beside(woven.getClassLoader())
              .loadClass(point.adapter())
              .getConstructor(Engine.class)
              .newInstance(engine);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException("the adapter for " + point + " does not fit this server", e);
    }
  }

  // The woven methods declare other exceptions than this class; the JVM does not mind.
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException undeclared(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
