package dev.countersign.token;

import java.nio.file.Path;
import java.util.Optional;

/**
 * As whom this resource server asks an authorization server about tokens (RFC 7662 section 2.1).
 * Immutable, but for what is in files.
 *
 * @param id the client identifier, visible ASCII and spaces (RFC 6749 appendix A.1)
 * @param method how it proves who it is
 * @param secret the shared secret, the private JWK (RFC 7517) for {@code private_key_jwt}, or the
 *     password of the key store
 * @param keyStore for mutual TLS (RFC 8705 section 2), a PKCS #12 file with one private key and its
 *     certificates, read again when it has changed; empty for the other methods
 */
public record IntrospectionClient(
    String id, ClientAuthMethod method, ClientSecret secret, Optional<Path> keyStore) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the identifier has a character that it cannot have, the
   *     private key is none, or the key store is missing, cannot be opened or is of no use; no
   *     message holds anything of the secret
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
    if (method.isMutualTls() != keyStore.isPresent()) {
      throw new IllegalArgumentException(
          "expected a key store with tls_client_auth and self_signed_tls_client_auth, and with no"
              + " other method");
    }
    keyStore.ifPresent(file -> MutualTlsSender.requireUsable(file, secret));
  }

  /**
   * A client without a certificate.
   *
   * @param id the client identifier
   * @param method how it proves who it is
   * @param secret the shared secret, or the private JWK
   * @throws IllegalArgumentException as above
   */
  public IntrospectionClient(String id, ClientAuthMethod method, ClientSecret secret) {
    this(id, method, secret, Optional.empty());
  }
}
