package dev.countersign.agent.adapter.jetty9;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import org.eclipse.jetty.server.HttpChannel;
import org.jspecify.annotations.Nullable;

/** The end of every exchange, however it came. */
public final class Jetty9Completion implements Interceptor {

  /**
   * An interceptor.
   *
   * @param engine not used
   */
  public Jetty9Completion(Engine engine) {
    // The exchange has its lease.
  }

  @Override
  public @Nullable Object intercept(Call call) {
    if (call.self(HttpChannel.class).getRequest().getAttribute(ChannelExchange.JUDGED)
        instanceof ChannelExchange exchange) {
      exchange.lease().close();
    }
    return null;
  }
}
