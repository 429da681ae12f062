package dev.countersign.agent.adapter.vertx;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.impl.ContextInternal;
import java.util.HashMap;
import java.util.Map;

/** Vert.x 4. */
final class Vertx4Internals implements Internals {

  @Override
  public Map<Object, Object> data(Context context) {
    return ((ContextInternal) context).localContextData();
  }

  @Override
  public Map<Object, Object> data(HttpServerRequest request) {
    return request instanceof HttpServerRequestInternal own ? data(own.context()) : new HashMap<>();
  }

  @Override
  public boolean isReplayable(HttpServerRequest request) {
    return request instanceof HttpServerRequestInternal;
  }

  @Override
  public HttpServerRequest replaying(HttpServerRequest request, ReplayedBody body) {
    return new Vertx4Request((HttpServerRequestInternal) request, body);
  }

  @Override
  public void reset(HttpServerResponse response) {
    response.reset();
  }

  @Override
  public void writeContinue(HttpServerResponse response) {
    response.writeContinue();
  }
}
