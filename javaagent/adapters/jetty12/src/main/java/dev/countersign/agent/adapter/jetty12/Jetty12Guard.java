package dev.countersign.agent.adapter.jetty12;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.io.IOException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/** Every request of every connector, before it comes to a handler. */
public final class Jetty12Guard implements Interceptor {

  // Of the server itself: no request can set it.
  private static final String JUDGED = "dev.countersign.judged";

  private final Engine engine;

  /**
   * A guard.
   *
   * @param engine the engine
   */
  public Jetty12Guard(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object intercept(Call call) throws IOException {
    Request request = call.argument(0, Request.class);
    if (request.getAttribute(JUDGED) != null) {
      return true;
    }
    request.setAttribute(JUDGED, true);
    Server server = call.self(Server.class);
    Response response = call.argument(1, Response.class);
    Callback callback = call.argument(2, Callback.class);
    JettyExchange exchange = new JettyExchange(request, response, callback);
    if (server.getInvocationType() != InvocationType.BLOCKING) {
      judge(server, exchange);
      return false;
    }
    if (!engine.admit(exchange)) {
      return false;
    }
    if (exchange.replayed().isEmpty()) {
      return true;
    }
    exchange.handOver(server);
    return false;
  }

  // The thread is one that selects.
  private void judge(Server server, JettyExchange exchange) {
    engine
        .judge(exchange)
        .whenCompleteAsync(
            (admitted, failure) -> {
              if (failure != null) {
                exchange.fail(failure);
              } else if (admitted) {
                exchange.handOver(server);
              }
            },
            server.getThreadPool());
  }
}
