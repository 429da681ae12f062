package dev.countersign.agent.adapter.vertx5;

import dev.countersign.agent.adapter.vertx.GuardedHandler;
import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.http1.Http1ServerConnection;
import org.jspecify.annotations.Nullable;

/**
 * The handler of a server, for requests of HTTP/2 and HTTP/3. Those of HTTP/1 pass it as well, but
 * have been judged at their connection, where an upgrade to WebSocket leaves them.
 */
public final class MultiplexGuard implements Interceptor {

  private final Engine engine;

  /**
   * A guard.
   *
   * @param engine the engine
   */
  public MultiplexGuard(Engine engine) {
    this.engine = engine;
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable Object[] intercept(Call call) {
    @Nullable Object[] arguments = call.arguments();
    if (arguments[0] != null) {
      arguments[0] = guarded((Handler<HttpServerRequest>) arguments[0]);
    }
    return arguments;
  }

  private Handler<HttpServerRequest> guarded(Handler<HttpServerRequest> server) {
    Handler<HttpServerRequest> guarded = new GuardedHandler(engine, new Vertx5Internals(), server);
    return request -> {
      if (request.connection() instanceof Http1ServerConnection) {
        server.handle(request);
      } else {
        guarded.handle(request);
      }
    };
  }
}
