package dev.countersign.agent.adapter.undertow;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.http.FieldNames;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a request the fields back that were hidden from the application, when it becomes the first
 * one of a connection of HTTP/2: there it is judged again, by the same fields.
 */
public final class UndertowUpgrade implements Interceptor {

  private static final String HTTP2 = "io.undertow.server.protocol.http2.";

  private static final AttachmentKey<Hidden> HIDDEN = AttachmentKey.create(Hidden.class);

  private record Hidden(Map<String, List<String>> lines) {}

  /**
   * An interceptor.
   *
   * @param engine not used
   */
  public UndertowUpgrade(Engine engine) {
    // The verdict comes with the next request.
  }

  // Undertow's own handler upgrades instead of the application; one of the application's upgrades
  // to something else, and sees no token either.
  @Override
  public @Nullable Object intercept(Call call) {
    HttpServerExchange exchange = call.self(HttpServerExchange.class);
    Hidden hidden = exchange.removeAttachment(HIDDEN);
    if (hidden != null && call.argument(0, Object.class).getClass().getName().startsWith(HTTP2)) {
      hidden.lines.forEach(
          (name, values) -> exchange.getRequestHeaders().addAll(new HttpString(name), values));
    }
    return null;
  }

  /** Takes fields from what the application sees. */
  static void hide(HttpServerExchange exchange, FieldNames names) {
    HeaderMap fields = exchange.getRequestHeaders();
    Map<String, List<String>> lines = new HashMap<>();
    for (String name : names) {
      Collection<String> removed = fields.remove(name);
      if (removed != null) {
        lines.put(name, List.copyOf(removed));
      }
    }
    exchange.putAttachment(HIDDEN, new Hidden(lines));
  }
}
