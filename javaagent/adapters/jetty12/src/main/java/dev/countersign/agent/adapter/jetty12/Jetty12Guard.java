package dev.countersign.agent.adapter.jetty12;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    request.addHttpStreamWrapper(
        stream -> exchange.leavingBy(new MendedStream(stream, engine, exchange)));
    Optional<Boolean> admitted =
        server.getInvocationType() == InvocationType.BLOCKING
            ? Optional.of(engine.admit(exchange))
            : judge(server, exchange);
    if (admitted.isPresent() && admitted.get() && exchange.isReplaced()) {
      exchange.handOver(server);
      return false;
    }
    return admitted.orElse(false);
  }

  // On a thread that selects. Empty if the verdict comes later, and then acts by itself.
  private Optional<Boolean> judge(Server server, JettyExchange exchange) {
    CompletableFuture<Boolean> verdict = engine.judge(exchange);
    if (verdict.isDone() && !verdict.isCompletedExceptionally()) {
      return Optional.of(verdict.join());
    }
    verdict.whenCompleteAsync(
        (admitted, failure) -> {
          if (failure != null) {
            exchange.fail(failure);
          } else if (admitted) {
            exchange.handOver(server);
          }
        },
        server.getThreadPool());
    return Optional.empty();
  }
}
