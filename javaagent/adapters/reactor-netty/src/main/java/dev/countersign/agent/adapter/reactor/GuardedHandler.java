package dev.countersign.agent.adapter.reactor;

import dev.countersign.agent.runtime.Engine;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** The handler of a server behind the engine. Thread-safe. */
final class GuardedHandler
    implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {

  private final Engine engine;
  private final BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler;

  GuardedHandler(
      Engine engine, BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {
    this.engine = engine;
    this.handler = handler;
  }

  @Override
  public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
    ReactorExchange exchange = new ReactorExchange(request, response);
    exchange.keep();
    CompletableFuture<Boolean> verdict = engine.judge(exchange);
    // Mostly nothing has to be waited for. A refusal waits all the same, for the loop's next turn:
    // the server may hold this request in a queue, together with its end, and stops reading the
    // connection for good when the answer is complete before the end was taken from there
    // (reactor-netty 4361).
    return isAdmitted(verdict)
        ? exchange.outcome(true, handler)
        : onLoop(verdict, exchange.channel().eventLoop())
            .flatMap(admitted -> late(exchange, admitted));
  }

  // The server ends the connection if a handler throws, and would answer 500 if a publisher fails.
  private Mono<Void> late(ReactorExchange exchange, boolean admitted) {
    try {
      return Mono.fromDirect(exchange.outcome(admitted, handler));
    } catch (RuntimeException | Error e) {
      var unused = exchange.channel().close();
      return Mono.error(e);
    }
  }

  private static boolean isAdmitted(CompletableFuture<Boolean> verdict) {
    return verdict.isDone() && !verdict.isCompletedExceptionally() && verdict.join();
  }

  // A failure becomes an error, after which the server ends the connection.
  private static Mono<Boolean> onLoop(CompletableFuture<Boolean> verdict, EventLoop loop) {
    return Mono.create(
        sink ->
            verdict.whenComplete(
                (admitted, failure) ->
                    loop.execute(
                        () -> {
                          if (failure == null) {
                            sink.success(admitted);
                          } else {
                            sink.error(failure);
                          }
                        })));
  }
}
