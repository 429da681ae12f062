package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.HttpExchange;
import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;

/** Every response of an application or authenticator, before its head is written. */
public final class HttpServerResponses implements Interceptor {

  private final Engine engine;

  /**
   * An interceptor.
   *
   * @param engine the engine
   */
  public HttpServerResponses(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object intercept(Call call) {
    HttpExchange exchange = call.self(HttpExchange.class);
    if (!HttpServerExchange.isAnswered(exchange)) {
      engine.complete(
          new HttpServerExchange(exchange),
          new HttpServerHead(exchange, call.argument(0, Integer.class)));
    }
    return true;
  }
}
