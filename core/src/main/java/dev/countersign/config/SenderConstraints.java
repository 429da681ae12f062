package dev.countersign.config;

import dev.countersign.token.NonceKey;
import dev.countersign.token.SignatureAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How access tokens are bound to their clients: DPoP (RFC 9449) and client certificates (RFC 8705).
 * Immutable.
 *
 * @param dpop whether tokens may or must be bound to a key of the client
 * @param dpopAlgorithms the signature algorithms of proofs, the preferred one first
 * @param dpopWindow how far the time of a proof may be from now
 * @param dpopNonce whether every proof needs a nonce
 * @param dpopNonceKey of which nonces are made; empty for a key that no other process has
 * @param dpopReplay whether a proof can be used once only
 * @param certificates whether tokens may or must be bound to a client certificate
 * @param certificateHeader the field in which a proxy hands the certificate on; empty if the server
 *     itself speaks TLS
 * @param trustedProxies who may send that field
 */
public record SenderConstraints(
    Binding dpop,
    List<SignatureAlgorithm> dpopAlgorithms,
    Duration dpopWindow,
    boolean dpopNonce,
    Optional<NonceKey> dpopNonceKey,
    boolean dpopReplay,
    Binding certificates,
    String certificateHeader,
    List<AddressRange> trustedProxies) {

  /** Copies the lists. */
  public SenderConstraints {
    dpopAlgorithms = List.copyOf(dpopAlgorithms);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /**
   * The names of the algorithms as they stand in challenges and in the metadata document.
   *
   * @return registered names; empty if DPoP is off
   */
  public List<String> announcedDpopAlgorithms() {
    return dpop == Binding.OFF
        ? List.of()
        : dpopAlgorithms.stream().map(SignatureAlgorithm::headerName).toList();
  }
}
