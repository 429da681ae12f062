package dev.countersign.agent.adapter.helidon;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.io.IOException;
import java.util.Optional;

/** Every request of every routing, before the first filter. Its thread is one that may wait. */
public final class HelidonGuard implements Interceptor {

  private final Engine engine;
  private final HelidonExchange.Methods methods = new HelidonExchange.Methods();
  private final HelidonHead.Methods head = new HelidonHead.Methods();

  // From 4.3 on; an older one has no place from which a head can be seen to leave.
  private final Optional<Operation> beforeSend =
      Operation.ifThere("webserver.http.ServerResponse", "beforeSend", Runnable.class);

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
    Object response = call.argument(2, Object.class);
    HelidonExchange exchange =
        new HelidonExchange(
            methods, call.argument(0, Object.class), call.argument(1, Object.class), response);
    boolean admitted = engine.admit(exchange);
    if (admitted) {
      Runnable mend = () -> engine.complete(exchange, new HelidonHead(head, response));
      beforeSend.ifPresent(method -> method.on(response, mend));
    }
    return admitted;
  }
}
