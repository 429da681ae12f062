package dev.countersign.agent.adapter.tomcat;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.io.IOException;
import org.apache.coyote.Request;
import org.apache.coyote.Response;

/** Every request of every connector, before Tomcat maps it to an application. */
public final class TomcatGuard implements Interceptor {

  private final Engine engine;

  /**
   * A guard.
   *
   * @param engine the engine
   */
  public TomcatGuard(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object intercept(Call call) throws IOException {
    Request request = call.argument(0, Request.class);
    Response response = call.argument(1, Response.class);
    CoyoteExchange.forget(request, response);
    boolean isAdmitted = false;
    try {
      isAdmitted = engine.admit(new CoyoteExchange(request, response));
    } finally {
      // What is refused does not come to where exchanges end.
      if (!isAdmitted) {
        CoyoteExchange.forget(request, response);
      }
    }
    return isAdmitted;
  }
}
