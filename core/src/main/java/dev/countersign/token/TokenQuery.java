package dev.countersign.token;

import dev.countersign.oauth.ResourceIdentifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A way to ask an authorization server about a token. Thread-safe. */
interface TokenQuery {

  /**
   * One question. Immutable.
   *
   * @param token the token, a b64token
   * @param resource the resource that is asked for
   * @param now the time
   */
  record Question(String token, ResourceIdentifier resource, Instant now) {
    /** Prints nothing of the token. */
    @Override
    public String toString() {
      return "Question[" + resource + "]";
    }
  }

  /** What the authorization server says. */
  sealed interface Reply {

    /**
     * The token is active.
     *
     * @param claims what is said about it, by the names of RFC 7662 section 2.2
     * @param bytes how long the answer was
     */
    record Active(Claims claims, int bytes) implements Reply {}

    /** The token is not active, for whatever reason. */
    record Inactive() implements Reply {}

    /**
     * Nothing that could be relied on.
     *
     * @param cause for the audit log
     * @param pause for how long the server asks to be left alone
     */
    record Unclear(String cause, Duration pause) implements Reply {
      Unclear(String cause) {
        this(cause, Duration.ZERO);
      }
    }
  }

  /**
   * Asks; blocks for a limited time.
   *
   * @param question the question
   * @return the answer; an authorization server that does not answer is no exception
   */
  Reply ask(Question question);

  /**
   * Whether an active token is for the resource.
   *
   * @param one the token
   * @return true only if the answer names the resource in the way that this query understands
   */
  boolean isForResource(ClaimRules.Case one);

  /**
   * What an answer about an active token must say beside its audience.
   *
   * @return names of claims
   */
  List<String> requiredClaims();
}
