package dev.countersign.servlet;

import dev.countersign.oauth.AccessToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Optional;

/** A request whose user is the subject of the access token, with each scope-token as a role. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

  private final AccessToken accessToken;

  AuthenticatedRequest(HttpServletRequest request, AccessToken accessToken) {
    super(request);
    this.accessToken = accessToken;
  }

  @Override
  public Principal getUserPrincipal() {
    return new Subject(accessToken.issuer(), accessToken.subject(), accessToken.clientId());
  }

  @Override
  public String getRemoteUser() {
    return accessToken.subject();
  }

  @Override
  public boolean isUserInRole(String role) {
    return accessToken.scope().tokens().contains(role);
  }

  @Override
  public String getAuthType() {
    return "Bearer";
  }

  /**
   * The subject of a token, which is unique within its issuer only, with the client that acts for
   * it.
   */
  private record Subject(String issuer, String getName, Optional<String> clientId)
      implements Principal {

    @Override
    public String toString() {
      return "Subject[not shown]";
    }
  }
}
