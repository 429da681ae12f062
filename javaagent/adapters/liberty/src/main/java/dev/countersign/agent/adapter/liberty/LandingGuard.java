package dev.countersign.agent.adapter.liberty;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;

/** Every request that no application is found for, before Liberty answers it with a page. */
public final class LandingGuard implements Interceptor {

  private final Dispatch.Methods methods = new Dispatch.Methods();
  private final Engine engine;

  /**
   * A guard.
   *
   * @param engine the engine
   */
  public LandingGuard(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object intercept(Call call) {
    return GuardedDispatch.isAdmitted(
        engine, new LibertyExchange(new Dispatch(methods, call.self(Object.class))));
  }
}
