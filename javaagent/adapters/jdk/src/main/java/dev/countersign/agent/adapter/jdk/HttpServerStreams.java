package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.HttpExchange;
import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.io.OutputStream;

/** Every output that the application puts into the place of that of an exchange. */
public final class HttpServerStreams implements Interceptor {

  /**
   * For any engine.
   *
   * @param engine not used
   */
  public HttpServerStreams(Engine engine) {
    // The request was judged before.
  }

  @Override
  public Object intercept(Call call) {
    Object[] streams = call.arguments();
    if (streams[1] instanceof OutputStream out) {
      streams[1] = LeasedOutput.around(out, call.self(HttpExchange.class).getResponseBody());
    }
    return streams;
  }
}
