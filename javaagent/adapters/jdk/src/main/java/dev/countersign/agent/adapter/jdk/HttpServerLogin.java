package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Every request behind the authenticator of its context, or where that would be. */
public final class HttpServerLogin implements Interceptor {

  /**
   * For any engine.
   *
   * @param engine not used
   */
  public HttpServerLogin(Engine engine) {
    // The request was judged before.
  }

  @Override
  public @Nullable Object intercept(Call call) throws IOException {
    HttpExchange exchange = call.argument(0, HttpExchange.class);
    HttpExchange shown = BehindLogin.take(exchange).map(mine -> mine.on(exchange)).orElse(exchange);
    call.self(Filter.Chain.class).doFilter(shown);
    return null;
  }
}
