package dev.countersign.agent.adapter.undertow;

import dev.countersign.agent.runtime.Engine;
import dev.countersign.http.Response;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;

/** Has a request judged elsewhere, and goes on with it on its own I/O thread. */
final class JudgingHandler implements HttpHandler {

  private static final int FAILED = 500;

  private final Engine engine;
  private final HttpHandler application;

  JudgingHandler(Engine engine, HttpHandler application) {
    this.engine = engine;
    this.application = application;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    // Only after a dispatch has ended this call may another thread have the exchange.
    exchange.dispatch(SameThreadExecutor.INSTANCE, () -> judge(exchange));
  }

  private void judge(HttpServerExchange exchange) {
    UndertowExchange judged = new UndertowExchange(exchange);
    // The I/O thread takes the next step, unless the server has been stopped.
    Future<Void> unused =
        engine
            .judge(judged)
            .handle((isAdmitted, failure) -> failure != null ? fails() : next(isAdmitted, judged))
            .thenAccept(next -> exchange.dispatch(exchange.getIoThread(), next));
  }

  private HttpHandler next(boolean isAdmitted, UndertowExchange judged) {
    if (!isAdmitted) {
      return exchange -> answer(exchange, judged.answer());
    }
    return exchange -> {
      exchange.addResponseCommitListener(
          committed -> engine.complete(judged, new UndertowHead(committed)));
      application.handleRequest(exchange);
    };
  }

  private static HttpHandler fails() {
    return exchange -> exchange.setPersistent(false).setStatusCode(FAILED).endExchange();
  }

  private static void answer(HttpServerExchange exchange, Response answer) {
    exchange.setStatusCode(answer.status());
    answer
        .fields()
        .forEach(
            field ->
                exchange.getResponseHeaders().add(new HttpString(field.name()), field.value()));
    exchange.getResponseSender().send(answer.body(), StandardCharsets.UTF_8);
  }
}
