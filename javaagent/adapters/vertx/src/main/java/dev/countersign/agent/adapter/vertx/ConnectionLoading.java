package dev.countersign.agent.adapter.vertx;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of connections before a server listens: by themselves they would be loaded with
 * the first connection, too late to find that they cannot be guarded.
 */
public final class ConnectionLoading implements Interceptor {

  /**
   * An interceptor.
   *
   * @param engine the engine
   */
  public ConnectionLoading(Engine engine) {}

  @Override
  public @Nullable Object[] intercept(Call call) {
    try {
      Class.forName("io.vertx.core.http.impl.Http1xServerConnection");
      Class.forName("io.vertx.core.http.impl.Http2ServerConnection");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("a version of Vert.x that is not known", e);
    }
    return call.arguments();
  }
}
