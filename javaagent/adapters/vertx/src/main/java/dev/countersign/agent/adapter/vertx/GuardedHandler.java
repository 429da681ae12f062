package dev.countersign.agent.adapter.vertx;

import dev.countersign.agent.runtime.Engine;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Has every request judged before the handler of the server sees it. Thread-safe. */
public final class GuardedHandler implements Handler<HttpServerRequest> {

  private final Engine engine;
  private final Internals internals;
  private final Handler<HttpServerRequest> server;

  /**
   * A handler around another one.
   *
   * @param engine the engine
   * @param internals the internal types of this version
   * @param server what handles a request that was admitted
   */
  public GuardedHandler(Engine engine, Internals internals, Handler<HttpServerRequest> server) {
    this.engine = engine;
    this.internals = internals;
    this.server = server;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (request.version() == null) {
      // Neither 1.0 nor 1.1: an answer would claim to be in that version as well.
      request.connection().close();
      return;
    }
    Context context = Objects.requireNonNull(Vertx.currentContext());
    request.pause();
    VertxExchange exchange = new VertxExchange(request, context, internals);
    CompletableFuture<Boolean> verdict = engine.judge(exchange);
    Executor loop =
        verdict.isDone() ? Runnable::run : task -> context.runOnContext(go -> task.run());
    var unused =
        verdict.whenCompleteAsync(
            (admitted, failure) -> act(exchange, request, admitted, failure), loop);
  }

  private void act(
      VertxExchange exchange,
      HttpServerRequest request,
      @Nullable Boolean admitted,
      @Nullable Throwable failure) {
    if (failure != null) {
      request.connection().close();
    } else if (Boolean.TRUE.equals(admitted)) {
      HttpServerResponse response = request.response();
      response.headersEndHandler(new Mending(engine, exchange, response, null));
      exchange.end(response);
      server.handle(exchange.admitted());
    }
  }
}
