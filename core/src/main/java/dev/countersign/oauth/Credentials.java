package dev.countersign.oauth;

import java.util.List;

/**
 * What the {@code Authorization} field lines of a request amount to (RFC 9110 section 11.6.2, RFC
 * 6750 section 2.1). Nothing else is ever read for a token: no query, body, cookie or other field.
 * Immutable.
 */
public sealed interface Credentials {

  /**
   * No bearer token: no line, an empty one, or another scheme.
   *
   * @param schemeAlone whether the scheme {@code Bearer} was there with nothing behind it
   */
  record Absent(boolean schemeAlone) implements Credentials {}

  /**
   * One well-formed bearer token.
   *
   * @param token the token, not yet judged
   */
  record Presented(BearerToken token) implements Credentials {}

  /**
   * Something that cannot be judged as a token.
   *
   * @param why repeated credentials, malformed or too long a token
   */
  record Rejected(Denial why) implements Credentials {}

  /**
   * Reads the field lines.
   *
   * @param fieldLines every {@code Authorization} line as received, in order
   * @param maxTokenLength the greatest length of a token in characters, inclusive; a longer one is
   *     not looked at
   * @return absent, presented or rejected
   */
  static Credentials from(List<String> fieldLines, int maxTokenLength) {
    if (fieldLines.isEmpty()) {
      return AuthorizationField.ABSENT;
    }
    return fieldLines.size() == 1
        ? AuthorizationField.read(fieldLines.get(0), maxTokenLength)
        : new Rejected(Denial.REPEATED_CREDENTIALS);
  }
}
