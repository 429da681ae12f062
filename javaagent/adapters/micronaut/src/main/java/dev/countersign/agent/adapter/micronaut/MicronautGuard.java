package dev.countersign.agent.adapter.micronaut;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import io.micronaut.http.server.netty.handler.RequestHandler;

/** Every handler that a connection is made with, before it. */
public final class MicronautGuard implements Interceptor {

  private final Engine engine;

  /**
   * A guard.
   *
   * @param engine the engine
   */
  public MicronautGuard(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object intercept(Call call) {
    Object[] arguments = call.arguments();
    RequestHandler handler = call.argument(0, RequestHandler.class);
    // One constructor calls another one.
    if (!(handler instanceof GuardedRequestHandler)) {
      arguments[0] = new GuardedRequestHandler(engine, handler);
    }
    return arguments;
  }
}
