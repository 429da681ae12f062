package dev.countersign.agent.adapter.reactor;

import dev.countersign.agent.adapter.netty.NettyHead;
import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Every response of the application, when its head is about to be written. */
public final class ReactorRepair implements Interceptor {

  private final Engine engine;

  /**
   * A repair.
   *
   * @param engine the engine
   */
  public ReactorRepair(Engine engine) {
    this.engine = engine;
  }

  @Override
  public @Nullable Object intercept(Call call) {
    HttpServerResponse response = call.self(HttpServerResponse.class);
    // One object is both.
    HttpServerRequest request = call.self(HttpServerRequest.class);
    ReactorExchange exchange =
        ReactorExchange.of(request).orElseGet(() -> new ReactorExchange(request, response));
    if (!exchange.isAnswered()) {
      engine.complete(exchange, new NettyHead(response.status(), response.responseHeaders()));
    }
    return null;
  }
}
