package dev.countersign.agent.adapter.liberty;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.agent.runtime.TokenPrincipal;
import org.jspecify.annotations.Nullable;

/** The user of an admitted request, as a servlet asks for it. */
public final class LibertyUser implements Interceptor {

  private final Admitted admitted = new Admitted();

  /**
   * For the runtime.
   *
   * @param engine not used
   */
  public LibertyUser(Engine engine) {}

  @Override
  public @Nullable Object intercept(Call call) {
    return admitted.token(call).map(token -> new TokenPrincipal(token)).orElse(null);
  }
}
