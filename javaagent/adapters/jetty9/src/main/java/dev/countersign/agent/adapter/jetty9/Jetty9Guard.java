package dev.countersign.agent.adapter.jetty9;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.io.IOException;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.Request;

/** Every request of every connector, before it comes to a handler. */
public final class Jetty9Guard implements Interceptor {

  private final Engine engine;

  /**
   * A guard.
   *
   * @param engine the engine
   */
  public Jetty9Guard(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object intercept(Call call) throws IOException {
    HttpChannel channel = call.argument(0, HttpChannel.class);
    Request request = channel.getRequest();
    if (request.getAttribute(ChannelExchange.JUDGED) != null) {
      return true;
    }
    ChannelExchange exchange = new ChannelExchange(channel);
    request.setAttribute(ChannelExchange.JUDGED, exchange);
    return engine.admit(exchange);
  }
}
