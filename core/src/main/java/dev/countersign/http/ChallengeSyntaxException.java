package dev.countersign.http;

/**
 * The text is not what the grammar of RFC 9110 section 11 allows, or is beyond the limits of {@link
 * Challenges}. The message says what was expected, where, and shows the place:
 *
 * <pre>expected '=' at 13 in: Bearer realm "mcp"</pre>
 */
public final class ChallengeSyntaxException extends IllegalArgumentException {

  /** What is wrong, as a stable name. */
  public enum Code {
    /** A challenge begins with a token, the auth-scheme. */
    EXPECTED_SCHEME,
    /** An auth-param stands where no auth-scheme precedes it. */
    PARAM_WITHOUT_SCHEME,
    /** Between the auth-scheme and what follows it stand spaces, and nothing else. */
    EXPECTED_SPACE,
    /** The spaces behind the auth-scheme are followed by a token68 or an auth-param. */
    EXPECTED_PARAM,
    /** The name of an auth-param is followed by an equals sign. */
    EXPECTED_EQUALS,
    /** The value of an auth-param is a token or a quoted-string. */
    EXPECTED_VALUE,
    /** The value has a character that no token can have; it needs quotes. */
    EXPECTED_QUOTED_STRING,
    /** Auth-params and challenges are separated by commas. */
    EXPECTED_COMMA,
    /** A quoted-string has no closing quote. */
    UNTERMINATED_QUOTED_STRING,
    /** A control character, or one beyond the octets of a field value. */
    ILLEGAL_CHARACTER,
    /** The name was used before in the same challenge, in whatever case. */
    DUPLICATE_PARAM,
    /** A challenge has either a token68 or auth-params. */
    TOKEN68_AND_PARAMS,
    /** There is no challenge, or more than one where one was asked for. */
    NOT_ONE_CHALLENGE,
    /** Longer than {@link Challenges#MAX_LENGTH}. */
    TOO_LONG,
    /** More than {@link Challenges#MAX_CHALLENGES}. */
    TOO_MANY_CHALLENGES,
    /** More than {@link Challenges#MAX_PARAMS}. */
    TOO_MANY_PARAMS
  }

  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  private final Code code;

  /** Where it is wrong. */
  private final int position;

  ChallengeSyntaxException(Code code, int position, String problem, String text) {
    super(problem + " at " + position + " in: " + Excerpt.around(text, position));
    this.code = code;
    this.position = position;
  }

  /**
   * What is wrong.
   *
   * @return the code
   */
  public Code code() {
    return code;
  }

  /**
   * Where it is wrong.
   *
   * @return the index of the first character that does not fit, 0 to the length of the text; where
   *     several field lines were given, an index into those lines joined with a comma and a space
   */
  public int position() {
    return position;
  }
}
