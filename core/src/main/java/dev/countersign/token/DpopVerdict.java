package dev.countersign.token;

import dev.countersign.oauth.Denial;

/** What came out of looking at a DPoP proof. Immutable. */
public sealed interface DpopVerdict {

  /**
   * The client has the key that the token is bound to.
   *
   * @param nonceIsOld whether the client should be given a newer nonce with the response
   */
  record Proven(boolean nonceIsOld) implements DpopVerdict {}

  /**
   * The proof is refused.
   *
   * @param why an invalid proof, a nonce that is needed, or a token that is bound to another key
   * @param detail for the audit log only
   */
  record Refused(Denial why, String detail) implements DpopVerdict {}

  /**
   * It cannot be said whether the proof was used before.
   *
   * @param cause for the audit log only
   */
  record Undecided(String cause) implements DpopVerdict {}
}
