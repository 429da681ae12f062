package dev.countersign.conformance;

/** Which access tokens a server takes. */
public enum TokenForm {
  /** JWTs, which it verifies itself (RFC 9068). */
  JWT,
  /** Opaque ones, about which it asks the authorization server (RFC 7662). */
  OPAQUE,
  /** Both. */
  ANY;

  boolean takesJwt() {
    return this != OPAQUE;
  }

  boolean takesOpaque() {
    return this != JWT;
  }
}
