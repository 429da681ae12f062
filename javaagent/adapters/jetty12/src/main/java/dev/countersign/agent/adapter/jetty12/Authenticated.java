package dev.countersign.agent.adapter.jetty12;

import dev.countersign.agent.runtime.Principals;
import dev.countersign.agent.runtime.TokenPrincipal;
import dev.countersign.oauth.AccessToken;
import java.security.Principal;
import java.util.Set;
import javax.security.auth.Subject;
import org.eclipse.jetty.security.AuthenticationState;
import org.eclipse.jetty.security.UserIdentity;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** The user of a request, with each scope-token as a role. Immutable. */
final class Authenticated implements AuthenticationState.Succeeded, UserIdentity {

  private final Principal principal;
  private final Set<String> roles;

  Authenticated(AccessToken token) {
    this.principal = new TokenPrincipal(token);
    this.roles = Set.copyOf(token.scope().tokens());
  }

  @Override
  public String getAuthenticationType() {
    return Principals.AUTH_TYPE;
  }

  @Override
  public UserIdentity getUserIdentity() {
    return this;
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
  public boolean isUserInRole(String role) {
    return roles.contains(role);
  }

  @Override
  public void logout(Request request, Response response) {
    Request.setAuthenticationState(request, null);
  }
}
