package dev.countersign.agent.adapter.vertx;

import dev.countersign.agent.runtime.Engine;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.ResponseHead;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a response calls just before its head leaves: the application's own handler, then the
 * engine. Used on the context of its request.
 */
final class Mending implements OwnHandler, ResponseHead {

  private final Engine engine;
  private final Exchange request;
  private final HttpServerResponse response;
  private final @Nullable Handler<Void> application;

  Mending(
      Engine engine,
      Exchange request,
      HttpServerResponse response,
      @Nullable Handler<Void> application) {
    this.engine = engine;
    this.request = request;
    this.response = response;
    this.application = application;
  }

  @Override
  public Mending around(@Nullable Handler<Void> other) {
    return new Mending(engine, request, response, other);
  }

  @Override
  public void handle(Void nothing) {
    if (application != null) {
      application.handle(null);
    }
    engine.complete(request, this);
  }

  @Override
  public int status() {
    return response.getStatusCode();
  }

  @Override
  public List<String> headers(String name) {
    return response.headers().getAll(name);
  }

  @Override
  public void headers(String name, List<String> values) {
    response.headers().remove(name);
    values.forEach(value -> response.headers().add(name, value));
  }
}
