package dev.countersign.agent.adapter.tomcat;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/** The end of every exchange, also of one that was asynchronous. */
public final class TomcatCompletion implements Interceptor {

  /**
   * An interceptor.
   *
   * @param engine not used
   */
  public TomcatCompletion(Engine engine) {
    // The request has its lease.
  }

  @Override
  public @Nullable Object intercept(Call call) {
    org.apache.coyote.Request request = call.self(Request.class).getCoyoteRequest();
    if (request != null) {
      CoyoteExchange.leaseOf(request).close();
      CoyoteExchange.forget(request, request.getResponse());
    }
    return null;
  }
}
