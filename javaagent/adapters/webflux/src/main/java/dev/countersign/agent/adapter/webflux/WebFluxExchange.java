package dev.countersign.agent.adapter.webflux;

import dev.countersign.agent.adapter.reactor.ReactorExchange;
import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.DeferredExchange;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.agent.runtime.Principals;
import dev.countersign.agent.runtime.TokenPrincipal;
import dev.countersign.oauth.AccessToken;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.server.HttpServerRequest;

/** Gives every new exchange the user and the claims of its request, as attributes. */
public final class WebFluxExchange implements Interceptor {

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
    received(call.argument(0, ServerHttpRequest.class))
        .flatMap(ReactorExchange::of)
        .flatMap(DeferredExchange::token)
        .ifPresent(token -> mark(attributes, token));
    return null;
  }

  private static void mark(Map<String, Object> attributes, AccessToken token) {
    attributes.put(Principals.ATTRIBUTE, token.claims());
    attributes.put(Principals.USER, new TokenPrincipal(token));
  }

  // Below what the application, or a filter for forwarded fields, has put around it.
  private static Optional<HttpServerRequest> received(ServerHttpRequest shown) {
    ServerHttpRequest request = shown;
    while (request instanceof ServerHttpRequestDecorator decorator) {
      request = decorator.getDelegate();
    }
    try {
      return request instanceof AbstractServerHttpRequest own
              && own.getNativeRequest() instanceof HttpServerRequest received
          ? Optional.of(received)
          : Optional.empty();
    } catch (IllegalStateException e) {
      // What was made by hand, for a test of the application, has come from no server.
      return Optional.empty();
    }
  }
}
