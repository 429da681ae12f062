package dev.countersign.agent.adapter.jetty12;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.eclipse.jetty.security.AuthenticationState;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Shows the user of a request of the core to the environments ee8 and ee9, which have an
 * authentication of their own. Their types have the same names in two packages: hence by name.
 */
public final class NestedUser implements Interceptor {

  /**
   * For the runtime.
   *
   * @param engine not used
   */
  public NestedUser(Engine engine) {}

  @Override
  public @Nullable Object intercept(Call call) {
    Request core = call.argument(0, Request.class);
    if (Request.getAuthenticationState(core) instanceof AuthenticationState.Succeeded user) {
      show(user, call.self(Object.class).getClass(), call.self(Object.class));
    }
    return null;
  }

  private static void show(AuthenticationState.Succeeded user, Class<?> type, Object channel) {
    try {
      String prefix = type.getPackageName() + ".Authentication";
      ClassLoader loader = type.getClassLoader();
      Object shown =
          Proxy.newProxyInstance(
              loader,
              new Class<?>[] {Class.forName(prefix + "$User", false, loader)},
              new Shown(user));
      Object request = type.getMethod("getRequest").invoke(channel);
      request
          .getClass()
          .getMethod("setAuthentication", Class.forName(prefix, false, loader))
          .invoke(request, shown);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException("a version of Jetty that cannot be told the user", e);
    }
  }

  /** The user as these environments ask for it. */
  private record Shown(AuthenticationState.Succeeded user) implements InvocationHandler {

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
      return switch (method.getName()) {
        case "getAuthMethod" -> user.getAuthenticationType();
        case "getUserIdentity" -> user.getUserIdentity();
        case "getUserPrincipal" -> user.getUserPrincipal();
        case "isUserInRole" -> arguments != null && user.isUserInRole((String) arguments[1]);
        // The environment takes what is returned for the user from now on.
        case "logout" -> null;
        case "equals" -> arguments != null && proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "Shown[not shown]";
      };
    }
  }
}
