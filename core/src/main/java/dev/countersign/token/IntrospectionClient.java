package dev.countersign.token;

/**
 * As whom this resource server asks an authorization server about tokens (RFC 7662 section 2.1).
 * Immutable, but for a secret in a file.
 *
 * @param id the client identifier, visible ASCII and spaces (RFC 6749 appendix A.1)
 * @param method how it proves who it is
 * @param secret the shared secret, or the private JWK (RFC 7517) for {@code private_key_jwt}
 */
public record IntrospectionClient(String id, ClientAuthMethod method, ClientSecret secret) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the identifier has a character that it cannot have, or the
   *     private key is none; no message holds anything of the secret
   */
  public IntrospectionClient {
    // client-id = *VSCHAR
    if (id.isEmpty() || !id.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      throw new IllegalArgumentException(
          "expected a client identifier of printable ASCII (RFC 6749 appendix A.1)");
    }
    if (method == ClientAuthMethod.PRIVATE_KEY_JWT) {
      PrivateJwk.parse(secret.text());
    }
  }
}
