package dev.countersign.agent.adapter.jetty9;

import dev.countersign.agent.runtime.Principals;
import dev.countersign.agent.runtime.TokenPrincipal;
import dev.countersign.oauth.AccessToken;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Set;
import javax.security.auth.Subject;
import org.eclipse.jetty.server.Authentication;
import org.eclipse.jetty.server.UserIdentity;
import org.jspecify.annotations.Nullable;

/** The user of a request, with each scope-token as a role. Immutable. */
final class Authenticated implements UserIdentity, InvocationHandler {

  private final Principal principal;
  private final Set<String> roles;

  private Authenticated(AccessToken token) {
    this.principal = new TokenPrincipal(token);
    this.roles = Set.copyOf(token.scope().tokens());
  }

  /** A proxy, because some methods of the type have servlets of javax or jakarta in them. */
  static Authentication by(AccessToken token) {
    return (Authentication)
        Proxy.newProxyInstance(
            Authenticated.class.getClassLoader(),
            new Class<?>[] {Authentication.User.class},
            new Authenticated(token));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "getAuthMethod" -> Principals.AUTH_TYPE;
      case "getUserIdentity" -> this;
      case "isUserInRole" -> arguments != null && roles.contains(arguments[1]);
      case "logout" -> method.getReturnType() == void.class ? null : Authentication.UNAUTHENTICATED;
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> hashCode();
      default -> toString();
    };
  }

  @Override
  public Subject getSubject() {
    return new Subject(true, Set.of(principal), Set.of(), Set.of());
  }

  @Override
  public Principal getUserPrincipal() {
    return principal;
  }

  @Override
  public boolean isUserInRole(String role, Scope scope) {
    return roles.contains(role);
  }
}
