package dev.countersign.agent.adapter.liberty;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.agent.runtime.Principals;
import org.jspecify.annotations.Nullable;

/** How the user of an admitted request has logged in. */
public final class LibertyAuthType implements Interceptor {

  private final Admitted admitted = new Admitted();

  /**
   * For the runtime.
   *
   * @param engine not used
   */
  public LibertyAuthType(Engine engine) {}

  @Override
  public @Nullable Object intercept(Call call) {
    return admitted.token(call).map(token -> Principals.AUTH_TYPE).orElse(null);
  }
}
