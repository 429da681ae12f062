package dev.countersign.agent.adapter.vertx;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;

/** A request with a body that has been read for a decision. */
final class Vertx4Request extends HttpServerRequestWrapper {

  private final ReplayedBody body;

  Vertx4Request(HttpServerRequestInternal request, ReplayedBody body) {
    super(request);
    this.body = body;
  }

  @Override
  public HttpServerRequest handler(Handler<Buffer> handler) {
    body.handler(handler);
    return this;
  }

  @Override
  public HttpServerRequest endHandler(Handler<Void> endHandler) {
    body.endHandler(endHandler);
    return this;
  }

  @Override
  public HttpServerRequest exceptionHandler(Handler<Throwable> exceptionHandler) {
    body.exceptionHandler(exceptionHandler);
    return this;
  }

  @Override
  public HttpServerRequest pause() {
    body.pause();
    return this;
  }

  @Override
  public HttpServerRequest resume() {
    body.resume();
    return this;
  }

  @Override
  public HttpServerRequest fetch(long amount) {
    body.fetch(amount);
    return this;
  }

  @Override
  public Future<Buffer> body() {
    return body.whole();
  }

  @Override
  public Future<Void> end() {
    return body.end();
  }

  @Override
  public boolean isEnded() {
    return body.isEnded();
  }
}
