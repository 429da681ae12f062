package dev.countersign.oauth;

import java.util.Objects;

/** What was decided about an exchange. Immutable. */
public sealed interface Decision {

  /**
   * The access token is good and covers what the exchange needs.
   *
   * @param accessToken the validated token
   */
  record Granted(AccessToken accessToken) implements Decision {

    /** Takes no null: it would be an admission of nobody. */
    public Granted {
      Objects.requireNonNull(accessToken, "accessToken");
    }
  }

  /** The exchange may pass without a token: its path, or every call in it, is listed as public. */
  record Open() implements Decision {}

  /**
   * The exchange is refused.
   *
   * @param why the reason, which fixes status, error code and text
   * @param scope what the exchange needs; empty where no scope would help
   * @param strength how the user must log in, where a login was too weak or too long ago
   * @param detail for the audit log only, never sent: names what was compared, never a token, a key
   *     or the value of a claim
   */
  record Denied(Denial why, Scope scope, AuthenticationStrength strength, String detail)
      implements Decision {

    /**
     * A denial that no other login would help.
     *
     * @param why the reason
     * @param scope what the exchange needs
     * @param detail for the audit log only
     */
    public Denied(Denial why, Scope scope, String detail) {
      this(why, scope, AuthenticationStrength.ANY, detail);
    }

    /**
     * A denial for which no scope is to be named.
     *
     * @param why the reason
     * @param detail for the audit log only
     */
    public Denied(Denial why, String detail) {
      this(why, Scope.NONE, detail);
    }
  }

  /**
   * The token could not be judged, because keys or introspection are out of reach: answered with
   * 503, never with 401 (which would make every client log in again), and never let through.
   *
   * @param cause for the audit log only, never sent
   */
  record Undecided(String cause) implements Decision {}
}
