package dev.countersign.agent.adapter.ktor;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.agent.runtime.TokenPrincipal;
import io.ktor.server.auth.AuthenticationContext;
import java.security.Principal;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.reflect.KClass;
import org.jspecify.annotations.Nullable;

/**
 * The user of a call, for who asks for a {@link Principal} of the JDK by that type. Whoever asks
 * for any principal is told of none: for the plugin, a call that has one has logged in.
 */
public final class KtorUser implements Interceptor {

  private static final int TYPE = 1;
  private static final int RESULT = 2;

  /**
   * For any engine.
   *
   * @param engine not used
   */
  public KtorUser(Engine engine) {
    // The call was judged before.
  }

  @Override
  public @Nullable Object intercept(Call call) {
    Object own = call.arguments()[RESULT];
    if (own != null || !isAsked(call.argument(TYPE, KClass.class))) {
      return own;
    }
    return KtorExchange.of(call.self(AuthenticationContext.class).getCall())
        .flatMap(KtorExchange::token)
        .map(TokenPrincipal::new)
        .orElse(null);
  }

  private static boolean isAsked(KClass<?> type) {
    return JvmClassMappingKt.getJavaClass(type).equals(Principal.class);
  }
}
