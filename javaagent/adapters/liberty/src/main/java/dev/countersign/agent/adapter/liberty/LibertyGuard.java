package dev.countersign.agent.adapter.liberty;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;

/** Every request that an application of any virtual host is found for. */
public final class LibertyGuard implements Interceptor {

  private final Dispatch.Methods methods = new Dispatch.Methods();
  private final Engine engine;

  /**
   * A guard.
   *
   * @param engine the engine
   */
  public LibertyGuard(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object intercept(Call call) {
    LibertyExchange exchange = new LibertyExchange(new Dispatch(methods, call.self(Object.class)));
    return new Object[] {new GuardedDispatch(engine, exchange, call.argument(0, Runnable.class))};
  }
}
