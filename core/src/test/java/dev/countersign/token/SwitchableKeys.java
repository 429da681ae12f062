package dev.countersign.token;

import java.util.concurrent.atomic.AtomicInteger;

/** Keys that change when told, and that count how often a whole validation asked for one. */
final class SwitchableKeys implements SigningKeys {

  private final AtomicInteger finds = new AtomicInteger();
  private volatile KeySet set;

  SwitchableKeys(TokenMint... mints) {
    this.set = set(mints);
  }

  private static KeySet set(TokenMint... mints) {
    return Bench.set(
        java.util.Arrays.stream(mints).map(TokenMint::jwk).toArray(java.util.Map[]::new));
  }

  /** As a refresh does it: a key that stays is the same object. */
  void publish(TokenMint... mints) {
    set = set(mints).reusing(set);
  }

  @Override
  public Answer find(String keyId, SignatureAlgorithm algorithm) {
    finds.incrementAndGet();
    return set.find(keyId, algorithm);
  }

  @Override
  public boolean stillFinds(String keyId, SignatureAlgorithm algorithm, VerificationKey key) {
    return set.find(keyId, algorithm) instanceof Answer.Found found && found.key() == key;
  }

  int validations() {
    return finds.get();
  }
}
