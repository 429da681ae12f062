package dev.countersign.agent.adapter.undertow;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;

/** Every request of every listener, before its root handler. */
public final class UndertowGuard implements Interceptor {

  // Nobody else has the key.
  private static final AttachmentKey<Boolean> JUDGED = AttachmentKey.create(Boolean.class);

  private final Engine engine;

  /**
   * A guard.
   *
   * @param engine the engine
   */
  public UndertowGuard(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object intercept(Call call) {
    HttpHandler handler = call.argument(0, HttpHandler.class);
    HttpServerExchange exchange = call.argument(1, HttpServerExchange.class);
    boolean isKnown = exchange.putAttachment(JUDGED, true) != null;
    return new Object[] {isKnown ? handler : new JudgingHandler(engine, handler), exchange};
  }
}
