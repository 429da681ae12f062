package dev.countersign.token;

/** The keys of one issuer. Thread-safe. */
@FunctionalInterface
interface SigningKeys {

  /**
   * Finds the key of a token. May block for one fetch.
   *
   * @param keyId the {@code kid} of the header, untrusted; empty if it has none
   * @param algorithm the {@code alg} of the header, one that the issuer may use
   * @return the key, or why there is none
   */
  Answer find(String keyId, SignatureAlgorithm algorithm);

  /**
   * Whether a token of this header would still be judged by this very key, by what is known now.
   * Never blocks where it matters: keys that are fetched override this.
   *
   * @param keyId the {@code kid} of the header; empty if it has none
   * @param algorithm the {@code alg} of the header
   * @param key what {@link #find} has answered before
   * @return false if the key is gone, another one took its place, or nothing recent enough is known
   */
  default boolean stillFinds(String keyId, SignatureAlgorithm algorithm, VerificationKey key) {
    return find(keyId, algorithm) instanceof Answer.Found found && found.key() == key;
  }

  /** What came of it. */
  sealed interface Answer {

    /**
     * The one key that fits.
     *
     * @param key the key
     */
    record Found(VerificationKey key) implements Answer {}

    /**
     * There is a key of this name, but not exactly one for this algorithm.
     *
     * @param detail what does not fit, for the audit log
     */
    record Unfit(String detail) implements Answer {}

    /** The issuer has no such key. */
    record Unknown() implements Answer {}

    /**
     * There are no keys, or none recent enough to say.
     *
     * @param cause for the audit log
     */
    record Unavailable(String cause) implements Answer {}
  }
}
