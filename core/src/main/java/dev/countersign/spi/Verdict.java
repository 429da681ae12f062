package dev.countersign.spi;

import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.Scope;

/** Whether an access token that is good may be used for an operation. Immutable. */
public sealed interface Verdict {

  /** It may. */
  record Permitted() implements Verdict {}

  /**
   * It may not, but another one of the same user could: one with more scope, or of another login.
   *
   * @param needed everything that the operation needs, what the token already has included, in the
   *     order in which a challenge names it; the same operation with the same token always gives
   *     the same
   * @param login how the user must log in; {@link AuthenticationStrength#ANY} if the login is good
   *     enough and only scope is missing
   */
  record Lacking(Scope needed, AuthenticationStrength login) implements Verdict {

    /**
     * Only scope is missing.
     *
     * @param needed everything that the operation needs
     */
    public Lacking(Scope needed) {
      this(needed, AuthenticationStrength.ANY);
    }
  }

  /** It may not, and no other scope or login would help. */
  record Forbidden() implements Verdict {}
}
