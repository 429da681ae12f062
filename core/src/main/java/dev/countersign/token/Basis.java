package dev.countersign.token;

/**
 * What a signature was verified with: where the key came from, and how it was asked for. A decision
 * that is remembered is good for as long as a token of the same header would get the same key.
 *
 * @param issuer whose key it is
 * @param keys where the key came from
 * @param keyId the {@code kid} of the header; empty if it has none
 * @param algorithm the {@code alg} of the header
 * @param key the key
 */
record Basis(
    TrustedIssuer issuer,
    SigningKeys keys,
    String keyId,
    SignatureAlgorithm algorithm,
    VerificationKey key) {

  /** Never blocks. False as well when the keys have become too old to rely on. */
  boolean holds() {
    return keys.stillFinds(keyId, algorithm, key);
  }
}
