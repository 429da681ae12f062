package dev.countersign.agent.runtime;

import dev.countersign.oauth.AccessToken;
import java.security.Principal;

/**
 * The user of an access token, where a server wants an object for it. Two are equal if the same
 * issuer says the same subject: alone, a subject is unique nowhere. Immutable.
 */
public final class TokenPrincipal implements Principal {

  private final AccessToken token;

  /**
   * A user.
   *
   * @param token what the user has shown
   */
  public TokenPrincipal(AccessToken token) {
    this.token = token;
  }

  @Override
  public String getName() {
    return token.subject();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenPrincipal principal
        && principal.token.subject().equals(token.subject())
        && principal.token.issuer().equals(token.issuer());
  }

  @Override
  public int hashCode() {
    return token.subject().hashCode();
  }

  /** Prints no name. */
  @Override
  public String toString() {
    return "TokenPrincipal[not shown]";
  }
}
