package dev.countersign.agent.adapter.vertx;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * The handler of every connection, which takes requests and upgrades to WebSocket alike, whatever
 * way the application has given its own handlers to the server.
 */
public final class VertxGuard implements Interceptor {

  private final Engine engine;
  private final Internals internals;

  /**
   * A guard.
   *
   * @param engine the engine
   * @throws ReflectiveOperationException if this is neither Vert.x 4 nor 5
   */
  public VertxGuard(Engine engine) throws ReflectiveOperationException {
    this.engine = engine;
    this.internals = Internals.present();
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable Object[] intercept(Call call) {
    @Nullable Object[] arguments = call.arguments();
    if (arguments[0] != null) {
      arguments[0] =
          new GuardedHandler(engine, internals, (Handler<HttpServerRequest>) arguments[0]);
    }
    return arguments;
  }
}
