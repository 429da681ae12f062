package dev.countersign.agent.adapter.vertx;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import io.vertx.core.Handler;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The one handler that a response has for the end of its head, or for its own: what the application
 * puts there does not take the place of the agent's, but is called by it.
 */
public final class HandlerGuard implements Interceptor {

  // A response holds its handler, which holds the response: neither is held here.
  private final Map<Object, WeakReference<OwnHandler>> handlers =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * A guard.
   *
   * @param engine the engine
   */
  public HandlerGuard(Engine engine) {}

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable Object[] intercept(Call call) {
    @Nullable Object[] arguments = call.arguments();
    Object response = call.self(Object.class);
    OwnHandler own = of(response);
    if (arguments[0] instanceof OwnHandler first) {
      own = first;
    } else if (own != null) {
      own = own.around((Handler<Void>) arguments[0]);
    }
    if (own != null) {
      handlers.put(response, new WeakReference<>(own));
      arguments[0] = own;
    }
    return arguments;
  }

  private @Nullable OwnHandler of(Object response) {
    WeakReference<OwnHandler> known = handlers.get(response);
    return known == null ? null : known.get();
  }
}
