package dev.countersign.agent.adapter.webflux;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;

/** Gives every new exchange the user and the claims of its request, as attributes. */
public final class WebFluxExchange implements Interceptor {

  // An application on one server may lack the types of all others.
  private final boolean hasReactorNetty = isThere("reactor.netty.http.server.HttpServerRequest");
  private final boolean hasServlets = isThere("jakarta.servlet.http.HttpServletRequest");

  /**
   * For any engine.
   *
   * @param engine not used
   */
  public WebFluxExchange(Engine engine) {
    // The request was judged below.
  }

  @Override
  public @Nullable Object intercept(Call call) {
    Map<String, Object> attributes = call.self(ServerWebExchange.class).getAttributes();
    caller(call.argument(0, ServerHttpRequest.class)).ifPresent(caller -> caller.mark(attributes));
    return null;
  }

  // Below what the application, or a filter for forwarded fields, has put around it.
  private Optional<Caller> caller(ServerHttpRequest shown) {
    ServerHttpRequest request = shown;
    while (request instanceof ServerHttpRequestDecorator decorator) {
      request = decorator.getDelegate();
    }
    try {
      return request instanceof AbstractServerHttpRequest own
          ? callerBelow(own.getNativeRequest())
          : Optional.empty();
    } catch (IllegalStateException | LinkageError e) {
      // What was made by hand, for a test of the application, has come from no server; and of one
      // that has changed the user is not known.
      return Optional.empty();
    }
  }

  private Optional<Caller> callerBelow(Object request) {
    Optional<Caller> caller = hasReactorNetty ? ReactorRequests.caller(request) : Optional.empty();
    return caller.isEmpty() && hasServlets ? ServletRequests.caller(request) : caller;
  }

  private static boolean isThere(String type) {
    try {
      Class.forName(type, false, WebFluxExchange.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
