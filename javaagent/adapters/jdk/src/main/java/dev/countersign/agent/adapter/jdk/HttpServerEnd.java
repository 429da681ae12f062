package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.HttpExchange;
import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;

/**
 * Every exchange that was closed. The server closes no output if the rest of the request cannot be
 * read.
 */
public final class HttpServerEnd implements Interceptor {

  /**
   * For any engine.
   *
   * @param engine not used
   */
  public HttpServerEnd(Engine engine) {
    // The request was judged before.
  }

  @Override
  public Object intercept(Call call) {
    new HttpServerExchange(call.self(HttpExchange.class)).lease().close();
    return true;
  }
}
