package dev.countersign.agent.adapter.helidon;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.FilteredOutput;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.Lease;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/** Every request of every routing, before the first filter. Its thread is one that may wait. */
public final class HelidonGuard implements Interceptor {

  private final Engine engine;
  private final HelidonExchange.Methods methods = new HelidonExchange.Methods();
  private final HelidonHead.Methods head = new HelidonHead.Methods();

  // The request whose call of the method is this guard's own.
  private static final ThreadLocal<Object> HANDED_ON = new ThreadLocal<>();

  private final Operation filter =
      Operation.of(
          "webserver.http.Filters",
          "filter",
          Operation.type("webserver.ConnectionContext"),
          Operation.type("webserver.http.RoutingRequest"),
          Operation.type("webserver.http.RoutingResponse"),
          Callable.class);

  private final Operation outputFilter =
      Operation.of("webserver.http.ServerResponse", "streamFilter", UnaryOperator.class);

  /**
   * A guard.
   *
   * @param engine the engine
   */
  public HelidonGuard(Engine engine) {
    this.engine = engine;
    if (methods.beforeSend().isEmpty()) {
      engine.cannotComplete("Helidon before 4.3");
    }
    if (Operation.isThere("webserver.grpc.GrpcRouting")) {
      engine.cannotGuard("gRPC of Helidon");
    }
  }

  @Override
  public Object intercept(Call call) throws IOException {
    Object request = call.argument(1, Object.class);
    if (HANDED_ON.get() == request) {
      return true;
    }
    Object response = call.argument(2, Object.class);
    HelidonExchange exchange =
        new HelidonExchange(methods, call.argument(0, Object.class), request, response);
    if (!engine.admit(exchange)) {
      return false;
    }
    HelidonHead answer = new HelidonHead(head, response);
    Runnable mend = () -> engine.complete(exchange, answer);
    exchange.filter().ifPresent(filter -> filter(response, filter, answer));
    if (methods.beforeSend().isPresent()) {
      methods.beforeSend().get().on(response, mend);
    } else if (exchange.lease() != Lease.NONE) {
      beforeOutput(response, mend);
    }
    if (exchange.lease() == Lease.NONE) {
      return true;
    }
    handOn(call, request, exchange.lease());
    return false;
  }

  // The response is over when the method returns or throws, which a call of it from here sees.
  private void handOn(Call call, Object request, Lease lease) {
    HANDED_ON.set(request);
    try (lease) {
      filter.on(call.self(Object.class), call.arguments());
    } finally {
      HANDED_ON.remove();
    }
  }

  private void filter(Object response, BodyFilter filter, HelidonHead answer) {
    FilteredSinks.refuse(response);
    PlainHead plain = new PlainHead(answer);
    Runnable begin = plain::begin;
    methods.beforeSend().orElseThrow().on(response, begin);
    UnaryOperator<OutputStream> through = out -> new FilteredOutput(out, filter, plain);
    outputFilter.on(response, through);
  }

  // A filter has every answer written as a stream, without its length: only where there may be a
  // session.
  private void beforeOutput(Object response, Runnable mend) {
    UnaryOperator<OutputStream> filter = out -> new FirstWrite(out, mend);
    outputFilter.on(response, filter);
  }
}
