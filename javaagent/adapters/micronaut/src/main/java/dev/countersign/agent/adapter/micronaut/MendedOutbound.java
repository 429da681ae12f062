package dev.countersign.agent.adapter.micronaut;

import dev.countersign.agent.adapter.netty.NettyHead;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.http.FieldLine;
import io.micronaut.http.server.netty.handler.OutboundAccess;
import io.netty.handler.codec.http.HttpResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way out of an application's response, whose head is completed on it. A proxy, because the
 * interface has other methods in other versions. Immutable.
 */
final class MendedOutbound implements InvocationHandler {

  private final OutboundAccess outbound;
  private final Engine engine;
  private final MicronautExchange exchange;
  private final List<FieldLine> fields;

  private MendedOutbound(
      OutboundAccess outbound, Engine engine, MicronautExchange exchange, List<FieldLine> fields) {
    this.outbound = outbound;
    this.engine = engine;
    this.exchange = exchange;
    this.fields = fields;
  }

  /**
   * A way out.
   *
   * @param outbound the server's own
   * @param engine puts heads right
   * @param exchange the request
   * @param fields what else the response has to carry
   */
  static OutboundAccess of(
      OutboundAccess outbound, Engine engine, MicronautExchange exchange, List<FieldLine> fields) {
    return (OutboundAccess)
        Proxy.newProxyInstance(
            MendedOutbound.class.getClassLoader(),
            new Class<?>[] {OutboundAccess.class},
            new MendedOutbound(outbound, engine, exchange, fields));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null && arguments[0] instanceof HttpResponse response) {
      fields.forEach(field -> response.headers().add(field.name(), field.value()));
      engine.complete(exchange, NettyHead.of(response));
      exchange.filter(response);
    }
    if (method.getName().equals("attachment") && arguments != null) {
      arguments[0] = exchange.leased(arguments[0]);
    }
    try {
      return method.invoke(outbound, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
