package dev.countersign.agent.adapter.webflux;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.agent.runtime.Principals;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The user of an exchange, if it has none of its own. Spring Security puts an exchange around this
 * one, which knows its own users only.
 */
public final class WebFluxUser implements Interceptor {

  private static final int RESULT = 0;

  /**
   * For any engine.
   *
   * @param engine not used
   */
  public WebFluxUser(Engine engine) {
    // The user is known by then.
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable Object intercept(Call call) {
    Mono<Principal> own = (Mono<Principal>) call.argument(RESULT, Mono.class);
    Object user = call.self(ServerWebExchange.class).getAttribute(Principals.USER);
    return user instanceof Principal principal ? own.switchIfEmpty(Mono.just(principal)) : own;
  }
}
