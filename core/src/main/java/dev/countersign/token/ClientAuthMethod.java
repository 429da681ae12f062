package dev.countersign.token;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How this resource server proves to an authorization server who it is (RFC 7662 section 2.1). */
public enum ClientAuthMethod {
  /** HTTP Basic with identifier and secret (RFC 6749 section 2.3.1). */
  CLIENT_SECRET_BASIC("client_secret_basic"),
  /** Identifier and secret in the form (RFC 6749 section 2.3.1). */
  CLIENT_SECRET_POST("client_secret_post"),
  /** An assertion signed with a private key (RFC 7523 section 2.2). */
  PRIVATE_KEY_JWT("private_key_jwt"),
  /** A certificate whose issuer the server trusts (RFC 8705 section 2.1). */
  TLS_CLIENT_AUTH("tls_client_auth"),
  /** A certificate that is registered there (RFC 8705 section 2.2). */
  SELF_SIGNED_TLS_CLIENT_AUTH("self_signed_tls_client_auth");

  private final String registeredName;

  ClientAuthMethod(String registeredName) {
    this.registeredName = registeredName;
  }

  /**
   * The name in the registry of token endpoint authentication methods.
   *
   * @return lower case with underscores
   */
  public String registeredName() {
    return registeredName;
  }

  /**
   * Whether the proof is a certificate in the TLS connection.
   *
   * @return true for the two methods of RFC 8705
   */
  public boolean isMutualTls() {
    return this == TLS_CLIENT_AUTH || this == SELF_SIGNED_TLS_CLIENT_AUTH;
  }

  /**
   * The method of a name.
   *
   * @param registeredName the registered name, case-sensitive
   * @return the method
   * @throws IllegalArgumentException if there is none of this name; the message lists all
   */
  public static ClientAuthMethod parse(String registeredName) {
    Optional<ClientAuthMethod> found =
        Arrays.stream(values()).filter(one -> one.registeredName.equals(registeredName)).findAny();
    return found.orElseThrow(
        () ->
            new IllegalArgumentException(
                "expected one of "
                    + Arrays.stream(values())
                        .map(ClientAuthMethod::registeredName)
                        .collect(Collectors.joining(", "))));
  }
}
