package dev.countersign.agent.adapter.jetty9;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import org.eclipse.jetty.server.HttpChannel;

/** The way out of every response: here the application's head leaves, whoever wrote it. */
public final class Jetty9Response implements Interceptor {

  private final Engine engine;

  /**
   * A way out.
   *
   * @param engine the engine
   */
  public Jetty9Response(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object intercept(Call call) {
    HttpChannel channel = call.self(HttpChannel.class);
    // A head that is given is an interim one, or the answer to what is no request.
    boolean ofResponse = call.arguments()[0] == null && !channel.isCommitted();
    if (ofResponse
        && channel.getRequest().getAttribute(ChannelExchange.JUDGED)
            instanceof ChannelExchange exchange
        && !exchange.isAnswered()) {
      engine.complete(exchange, new ChannelHead(channel.getResponse()));
    }
    return true;
  }
}
