package dev.countersign.agent.adapter.liberty;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import org.jspecify.annotations.Nullable;

/** The end of every exchange, also of one that was asynchronous. */
public final class LibertyCompletion implements Interceptor {

  private final Dispatch.Methods methods = new Dispatch.Methods();

  /**
   * For the runtime.
   *
   * @param engine not used
   */
  public LibertyCompletion(Engine engine) {
    // The connection has the lease of the exchange.
  }

  @Override
  public @Nullable Object intercept(Call call) {
    new LibertyExchange(new Dispatch(methods, call.self(Object.class))).lease().close();
    return null;
  }
}
