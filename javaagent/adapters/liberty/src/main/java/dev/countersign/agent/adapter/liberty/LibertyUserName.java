package dev.countersign.agent.adapter.liberty;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.oauth.AccessToken;
import org.jspecify.annotations.Nullable;

/** The name of the user of an admitted request. */
public final class LibertyUserName implements Interceptor {

  private final Admitted admitted = new Admitted();

  /**
   * For the runtime.
   *
   * @param engine not used
   */
  public LibertyUserName(Engine engine) {}

  @Override
  public @Nullable Object intercept(Call call) {
    return admitted.token(call).map(AccessToken::subject).orElse(null);
  }
}
