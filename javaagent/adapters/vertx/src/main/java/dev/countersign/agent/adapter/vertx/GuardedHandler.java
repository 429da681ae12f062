package dev.countersign.agent.adapter.vertx;

import dev.countersign.agent.runtime.Engine;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

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
    // Never inside the verdict's own completion, which would keep what the application throws.
    if (verdict.isDone()) {
      act(exchange, request, verdict);
    } else {
      var unused =
          verdict.whenComplete(
              (admitted, failure) -> context.runOnContext(go -> act(exchange, request, verdict)));
    }
  }

  private void act(
      VertxExchange exchange, HttpServerRequest request, CompletableFuture<Boolean> verdict) {
    if (verdict.isCompletedExceptionally()) {
      request.connection().close();
    } else if (verdict.join()) {
      HttpServerResponse response = request.response();
      if (response.closed()) {
        // Meanwhile the client has gone; of the end of this response nobody would be told.
        exchange.lease().close();
        return;
      }
      response.headersEndHandler(new Mending(engine, exchange, response, null));
      exchange.end(response);
      server.handle(exchange.admitted());
    }
  }
}
