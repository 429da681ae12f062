package dev.countersign.agent.adapter.reactor;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Every handler that a server is made with. */
public final class ReactorGuard implements Interceptor {

  private final Engine engine;

  /**
   * A guard.
   *
   * @param engine the engine
   */
  public ReactorGuard(Engine engine) {
    this.engine = engine;
  }

  // The parameters of the type are those of the woven method.
  @SuppressWarnings("unchecked")
  @Override
  public Object intercept(Call call) {
    BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler =
        call.argument(0, BiFunction.class);
    return new Object[] {new GuardedHandler(engine, handler)};
  }
}
