package dev.countersign.agent.adapter.vertx5;

import dev.countersign.agent.adapter.vertx.Internals;
import dev.countersign.agent.adapter.vertx.ReplayedBody;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.spi.context.storage.AccessMode;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Vert.x 5. */
public final class Vertx5Internals implements Internals {

  /** The types of Vert.x 5. */
  public Vertx5Internals() {}

  @Override
  public Map<Object, Object> data(Context context) {
    return context.getLocal(
        ContextInternal.LOCAL_MAP, AccessMode.CONCURRENT, ConcurrentHashMap::new);
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
    return new Vertx5Request((HttpServerRequestInternal) request, body);
  }

  // What they return is of another type than in 4.
  @Override
  public void reset(HttpServerResponse response) {
    Future<Void> unused = response.reset();
  }

  @Override
  public void writeContinue(HttpServerResponse response) {
    Future<Void> unused = response.writeContinue();
  }
}
