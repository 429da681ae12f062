package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.HttpExchange;
import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.io.IOException;
import java.util.Optional;

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
  public Object intercept(Call call) throws IOException {
    HttpExchange exchange = call.self(HttpExchange.class);
    Optional<HeldResponse> held = LeasedOutput.held(exchange);
    if (HttpServerExchange.isAnswered(exchange) || held.filter(HeldResponse::isBegun).isPresent()) {
      return true;
    }
    HttpServerHead head = new HttpServerHead(exchange, call.argument(0, Integer.class));
    engine.complete(new HttpServerExchange(exchange), head);
    return held.isEmpty() || held.get().begin(head, call.argument(1, Long.class));
  }
}
