package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Every request, before the first filter of its context. */
public final class HttpServerGuard implements Interceptor {

  private final Engine engine;

  /**
   * A guard.
   *
   * @param engine the engine
   */
  public HttpServerGuard(Engine engine) {
    this.engine = engine;
  }

  @Override
  public @Nullable Object intercept(Call call) throws IOException {
    HttpServerExchange exchange = new HttpServerExchange(call.argument(0, HttpExchange.class));
    if (engine.admit(exchange)) {
      call.self(Filter.Chain.class).doFilter(exchange.admitted());
    }
    return null;
  }
}
