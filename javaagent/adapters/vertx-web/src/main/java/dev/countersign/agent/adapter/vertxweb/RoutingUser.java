package dev.countersign.agent.adapter.vertxweb;

import dev.countersign.agent.adapter.vertx.Internals;
import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.agent.runtime.Principals;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The user of a request, for whoever asks and is no part of a login: unless the application has
 * logged somebody in, who then is the user.
 */
public final class RoutingUser implements Interceptor {

  private static final int RESULT = 0;

  private final Internals internals;

  /**
   * For any engine.
   *
   * @param engine not used
   * @throws ReflectiveOperationException if this is neither Vert.x 4 nor 5
   */
  public RoutingUser(Engine engine) throws ReflectiveOperationException {
    this.internals = Internals.present();
  }

  @Override
  public @Nullable Object intercept(Call call) {
    Object own = call.arguments()[RESULT];
    return own == null ? user(call.self(RoutingContext.class)) : own;
  }

  private @Nullable Object user(RoutingContext routing) {
    Map<Object, Object> data = internals.data(routing.request());
    Object claims = data.get(Principals.ATTRIBUTE);
    return claims == null || Login.isAsking()
        ? null
        // One object for all who ask: authorizations are kept in it.
        : data.computeIfAbsent(Principals.USER, key -> user((Map<?, ?>) claims));
  }

  // As the handler of vertx-auth-jwt makes it, but without the token.
  private static User user(Map<?, ?> claims) {
    JsonObject attributes =
        new JsonObject().put("rootClaim", "accessToken").put("accessToken", json(claims));
    return User.create(json(claims), attributes);
  }

  private static JsonObject json(Map<?, ?> claims) {
    Map<String, Object> copy = new LinkedHashMap<>();
    claims.forEach((name, value) -> copy.put((String) name, value));
    return new JsonObject(copy);
  }
}
