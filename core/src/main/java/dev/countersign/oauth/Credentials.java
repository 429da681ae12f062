package dev.countersign.oauth;

import java.util.List;
import java.util.Set;

/**
 * What the {@code Authorization} field lines of a request amount to (RFC 9110 section 11.6.2, RFC
 * 6750 section 2.1). Nothing else is ever read for a token: no query, body, cookie or other field.
 * Immutable.
 */
public sealed interface Credentials {

  /**
   * No access token: no line, an empty one, or another scheme.
   *
   * @param schemeAlone whether a scheme for access tokens was there with nothing behind it
   */
  record Absent(boolean schemeAlone) implements Credentials {}

  /**
   * One well-formed access token.
   *
   * @param token the token, not yet judged
   * @param scheme how it was presented
   */
  record Presented(BearerToken token, AuthScheme scheme) implements Credentials {

    /**
     * A token that was presented as a bearer token.
     *
     * @param token the token, not yet judged
     */
    public Presented(BearerToken token) {
      this(token, AuthScheme.BEARER);
    }
  }

  /**
   * Something that cannot be judged as a token.
   *
   * @param why repeated credentials, malformed or too long a token
   */
  record Rejected(Denial why) implements Credentials {}

  /**
   * Reads the field lines for a bearer token.
   *
   * @param fieldLines every {@code Authorization} line as received, in order
   * @param maxTokenLength the greatest length of a token in characters, inclusive; a longer one is
   *     not looked at
   * @return absent, presented or rejected
   */
  static Credentials from(List<String> fieldLines, int maxTokenLength) {
    return from(fieldLines, maxTokenLength, Set.of(AuthScheme.BEARER));
  }

  /**
   * Reads the field lines.
   *
   * @param fieldLines every {@code Authorization} line as received, in order
   * @param maxTokenLength the greatest length of a token in characters, inclusive; a longer one is
   *     not looked at
   * @param schemes the schemes that are understood; another one counts as absent
   * @return absent, presented or rejected
   */
  static Credentials from(List<String> fieldLines, int maxTokenLength, Set<AuthScheme> schemes) {
    if (fieldLines.isEmpty()) {
      return AuthorizationField.ABSENT;
    }
    return fieldLines.size() == 1
        ? AuthorizationField.read(fieldLines.get(0), maxTokenLength, schemes)
        : new Rejected(Denial.REPEATED_CREDENTIALS);
  }
}
