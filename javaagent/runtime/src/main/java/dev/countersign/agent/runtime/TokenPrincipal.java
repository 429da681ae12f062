package dev.countersign.agent.runtime;

import java.security.Principal;

/** The user of an access token, where a server wants an object for it. Immutable. */
public final class TokenPrincipal implements Principal {

  private final String subject;

  /**
   * A user.
   *
   * @param subject the subject of the token
   */
  public TokenPrincipal(String subject) {
    this.subject = subject;
  }

  @Override
  public String getName() {
    return subject;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenPrincipal principal && principal.subject.equals(subject);
  }

  @Override
  public int hashCode() {
    return subject.hashCode();
  }

  /** Prints no name. */
  @Override
  public String toString() {
    return "TokenPrincipal[not shown]";
  }
}
