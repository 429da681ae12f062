package dev.countersign.agent.adapter.helidon;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.io.IOException;

/** Every request of every routing, before the first filter. Its thread is one that may wait. */
public final class HelidonGuard implements Interceptor {

  private final Engine engine;
  private final HelidonExchange.Methods methods = new HelidonExchange.Methods();

  /**
   * A guard.
   *
   * @param engine the engine
   */
  public HelidonGuard(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object intercept(Call call) throws IOException {
    return engine.admit(
        new HelidonExchange(
            methods,
            call.argument(0, Object.class),
            call.argument(1, Object.class),
            call.argument(2, Object.class)));
  }
}
