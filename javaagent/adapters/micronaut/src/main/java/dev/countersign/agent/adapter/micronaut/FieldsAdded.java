package dev.countersign.agent.adapter.micronaut;

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
 * The way out with further fields on its response. A proxy, because the interface has other methods
 * in other versions. Immutable.
 */
final class FieldsAdded implements InvocationHandler {

  private final OutboundAccess outbound;
  private final List<FieldLine> fields;

  private FieldsAdded(OutboundAccess outbound, List<FieldLine> fields) {
    this.outbound = outbound;
    this.fields = fields;
  }

  /** The same way if there is nothing to add. */
  static OutboundAccess to(OutboundAccess outbound, List<FieldLine> fields) {
    return fields.isEmpty()
        ? outbound
        : (OutboundAccess)
            Proxy.newProxyInstance(
                FieldsAdded.class.getClassLoader(),
                new Class<?>[] {OutboundAccess.class},
                new FieldsAdded(outbound, fields));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null && arguments[0] instanceof HttpResponse response) {
      fields.forEach(field -> response.headers().add(field.name(), field.value()));
    }
    try {
      return method.invoke(outbound, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
