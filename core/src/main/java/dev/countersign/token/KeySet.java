package dev.countersign.token;

import dev.countersign.token.SigningKeys.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The usable keys of one document. Immutable, but for what the keys remember.
 *
 * @param keys at most 64
 */
record KeySet(List<VerificationKey> keys) {

  static final KeySet EMPTY = new KeySet(List.of());

  private static final Answer UNKNOWN = new Answer.Unknown();
  private static final Answer OTHER_ALGORITHM =
      new Answer.Unfit("the key of this kid has another algorithm");
  private static final Answer AMBIGUOUS =
      new Answer.Unfit("more than one key fits kid and algorithm");

  KeySet {
    keys = List.copyOf(keys);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /**
   * Finds the one key that fits. No key is tried out: a token without {@code kid} needs a set with
   * exactly one fitting key, and a {@code kid} that several keys share must be settled by the
   * algorithm.
   */
  Answer find(String keyId, SignatureAlgorithm algorithm) {
    VerificationKey fitting = null;
    boolean named = false;
    for (int at = 0; at < keys.size(); at++) {
      VerificationKey key = keys.get(at);
      if (!keyId.isEmpty() && !key.keyId().equals(keyId)) {
        continue;
      }
      named = true;
      if (key.fits(algorithm)) {
        if (fitting != null) {
          return AMBIGUOUS;
        }
        fitting = key;
      }
    }
    return answer(fitting, named && !keyId.isEmpty());
  }

  private static Answer answer(@Nullable VerificationKey fitting, boolean named) {
    if (fitting != null) {
      return new Answer.Found(fitting);
    }
    return named ? OTHER_ALGORITHM : UNKNOWN;
  }

  /**
   * The same set, in which a key that was there before is the same object: it keeps what it
   * remembers.
   */
  KeySet reusing(KeySet previous) {
    return new KeySet(
        keys.stream()
            .map(key -> previous.keys.stream().filter(key::isSameAs).findFirst().orElse(key))
            .toList());
  }
}
