package dev.countersign.agent.adapter.tomcat;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.lang.reflect.Constructor;
import java.util.List;
import org.apache.catalina.connector.CoyotePrincipal;
import org.apache.catalina.connector.Request;
import org.apache.catalina.realm.GenericPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Gives the user that Tomcat makes of the name which the guard has left for it a role for each
 * scope-token. Users of the application's own logins are another type.
 */
public final class TomcatUser implements Interceptor {

  private final Constructor<?> made = constructor();

  /**
   * For any engine.
   *
   * @param engine not used
   */
  public TomcatUser(Engine engine) {
    // The request was judged before.
  }

  @Override
  public @Nullable Object[] intercept(Call call) {
    @Nullable Object[] arguments = call.arguments();
    if (arguments[0] instanceof CoyotePrincipal user) {
      CoyoteExchange.rolesOf(call.self(Request.class).getCoyoteRequest())
          .ifPresent(roles -> arguments[0] = principal(user.getName(), roles));
    }
    return arguments;
  }

  // Without a password from 10.1 on.
  private static Constructor<?> constructor() {
    try {
      for (Constructor<?> made : GenericPrincipal.class.getConstructors()) {
        if (made.getParameterCount() == 2) {
          return made;
        }
      }
      return GenericPrincipal.class.getConstructor(String.class, String.class, List.class);
    } catch (NoSuchMethodException e) {
      throw unknown(e);
    }
  }

  private static IllegalStateException unknown(ReflectiveOperationException e) {
    return new IllegalStateException("a version of Tomcat that is not known", e);
  }

  private Object principal(String name, List<?> roles) {
    try {
      return made.getParameterCount() == 2
          ? made.newInstance(name, roles)
          : made.newInstance(name, null, roles);
    } catch (ReflectiveOperationException e) {
      throw unknown(e);
    }
  }
}
