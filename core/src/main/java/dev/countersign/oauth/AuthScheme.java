package dev.countersign.oauth;

/** The authentication schemes with which an access token can be presented. */
public enum AuthScheme {
  /** RFC 6750 section 2.1: whoever holds the token may use it. */
  BEARER("Bearer"),
  /** RFC 9449 section 7.1: the token is bound to a key, and a proof goes with it. */
  DPOP("DPoP");

  private final String wireName;

  AuthScheme(String wireName) {
    this.wireName = wireName;
  }

  /**
   * The name as it is written in a challenge; it is read without regard to case.
   *
   * @return a token
   */
  public String wireName() {
    return wireName;
  }
}
