package dev.countersign.agent.adapter.liberty;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.agent.runtime.Principals;
import dev.countersign.oauth.AccessToken;
import org.jspecify.annotations.Nullable;

/** The attribute of a request that holds the claims. */
public final class LibertyClaims implements Interceptor {

  private final Admitted admitted = new Admitted();

  /**
   * For the runtime.
   *
   * @param engine not used
   */
  public LibertyClaims(Engine engine) {}

  @Override
  public @Nullable Object intercept(Call call) {
    return Principals.ATTRIBUTE.equals(call.argument(0, Object.class))
        ? admitted.token(call).map(AccessToken::claims).orElse(null)
        : null;
  }
}
