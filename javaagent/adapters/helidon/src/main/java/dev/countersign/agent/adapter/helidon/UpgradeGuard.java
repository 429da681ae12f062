package dev.countersign.agent.adapter.helidon;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.io.IOException;
import java.lang.reflect.Constructor;

/** Every upgrade to WebSocket, which passes no filter before Helidon 4.5. */
public final class UpgradeGuard implements Interceptor {

  private final Engine engine;
  private final Request.Methods methods = new Request.Methods();
  private final Connection writing = new Connection();
  private final Operation peer = Operation.of("common.socket.SocketContext", "remotePeer");
  private final Constructor<?> end;

  /**
   * A guard.
   *
   * @param engine the engine
   * @throws NoSuchMethodException if this version of Helidon is not known
   */
  public UpgradeGuard(Engine engine) throws NoSuchMethodException {
    this.engine = engine;
    this.end = Operation.type("webserver.CloseConnectionException").getConstructor(String.class);
  }

  @Override
  public Object intercept(Call call) throws IOException {
    Object connection = call.argument(0, Object.class);
    Request head =
        new Request(
            methods,
            call.argument(1, Object.class),
            call.argument(2, Object.class),
            peer.on(connection));
    if (engine.admit(new UpgradeExchange(head, writing, connection))) {
      return call.arguments();
    }
    throw refused();
  }

  // What Helidon itself throws when a connection has to end.
  private RuntimeException refused() {
    try {
      return (RuntimeException) end.newInstance("answered by the Countersign agent");
    } catch (ReflectiveOperationException e) {
      return new IllegalStateException(e);
    }
  }
}
