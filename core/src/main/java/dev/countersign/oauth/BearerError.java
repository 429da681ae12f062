package dev.countersign.oauth;

/**
 * The registered error codes that a challenge can carry (RFC 6750 section 3.1, RFC 9449 section
 * 7.1, RFC 9470 section 3).
 */
public enum BearerError {
  /** RFC 6750 section 3.1: the request itself is malformed, a repeated credential for instance. */
  INVALID_REQUEST("invalid_request", 400),
  /** RFC 6750 section 3.1: expired, revoked, malformed, or invalid for another reason. */
  INVALID_TOKEN("invalid_token", 401),
  /** RFC 6750 section 3.1: the request needs more than the access token grants. */
  INSUFFICIENT_SCOPE("insufficient_scope", 403),
  /** RFC 9470 section 3: the login behind the token is too weak or too old. */
  INSUFFICIENT_USER_AUTHENTICATION("insufficient_user_authentication", 401),
  /** RFC 9449 section 7.1: the proof is missing, or is not one for this request. */
  INVALID_DPOP_PROOF("invalid_dpop_proof", 401),
  /** RFC 9449 section 9: the proof needs the nonce that comes with the answer. */
  USE_DPOP_NONCE("use_dpop_nonce", 401);

  private final String code;
  private final int status;

  BearerError(String code, int status) {
    this.code = code;
    this.status = status;
  }

  /**
   * The code as it stands in the {@code error} auth-param.
   *
   * @return the registered name
   */
  public String code() {
    return code;
  }

  /**
   * The status code that goes with the error.
   *
   * @return 400, 401 or 403
   */
  public int status() {
    return status;
  }
}
