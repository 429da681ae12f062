package dev.countersign.http;

import dev.countersign.http.ChallengeSyntaxException.Code;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a field value by the grammar of RFC 9110 section 11.6.1, once from left to right. Empty
 * list elements are skipped (section 5.6.1.2); white space around {@code =} is accepted (section
 * 11.2).
 *
 * <pre>
 * WWW-Authenticate = [ challenge ] *( OWS "," OWS [ challenge ] )
 * challenge        = auth-scheme [ 1*SP ( token68 / #auth-param ) ]
 * auth-scheme      = token
 * auth-param       = token BWS "=" BWS ( token / quoted-string )
 * </pre>
 *
 * <p>The comma has two uses. What follows it is an auth-param if a token and an equals sign follow,
 * and the next challenge otherwise. Not thread-safe; one object reads one text.
 */
final class ChallengeParser {

  private final String text;
  private int at;

  private int nameStart;
  private int nameEnd;

  /** The auth-params of the challenge that is being read. */
  private final AuthParams.Collector params = new AuthParams.Collector();

  ChallengeParser(String text) {
    this.text = text;
  }

  List<Challenge> parse() {
    if (text.length() > Challenges.MAX_LENGTH) {
      at = Challenges.MAX_LENGTH;
      throw error(Code.TOO_LONG, "more than " + Challenges.MAX_LENGTH + " characters");
    }
    List<Challenge> challenges = new ArrayList<>(2);
    skipEmptyElements();
    while (at < text.length()) {
      if (challenges.size() == Challenges.MAX_CHALLENGES) {
        throw error(
            Code.TOO_MANY_CHALLENGES, "more than " + Challenges.MAX_CHALLENGES + " challenges");
      }
      challenges.add(challenge());
    }
    return challenges;
  }

  // challenge = auth-scheme [ 1*SP ( token68 / #auth-param ) ]
  private Challenge challenge() {
    String scheme = scheme();
    int spaces = skipSpaces();
    if (spaces > 0) {
      int end = Grammar.endOfToken68Element(text, at);
      if (end > at) {
        return new Challenge(scheme, token68(end), AuthParams.NONE);
      }
    }
    int afterSpaces = at;
    if (!skipElementEnd()) {
      if (spaces == 0 || at > afterSpaces) {
        at = afterSpaces;
        throw unexpected(Code.EXPECTED_SPACE, "expected spaces between auth-scheme and auth-param");
      }
      if (!readNameAndEquals()) {
        throw afterName();
      }
      param();
    } else if (spaces == 0 && readNameAndEquals()) {
      at = nameStart;
      throw error(Code.PARAM_WITHOUT_SCHEME, "expected an auth-scheme");
    }
    return new Challenge(scheme, "", params());
  }

  private String scheme() {
    int start = at;
    skipToken();
    if (at == start) {
      throw unexpected(Code.EXPECTED_SCHEME, "expected an auth-scheme");
    }
    if (at < text.length() && text.charAt(at) == '=') {
      at = start;
      throw error(Code.PARAM_WITHOUT_SCHEME, "expected an auth-scheme");
    }
    return text.substring(start, at);
  }

  private String token68(int end) {
    String token68 = text.substring(at, end);
    at = end;
    skipElementEnd();
    if (readNameAndEquals()) {
      at = nameStart;
      throw error(Code.TOKEN68_AND_PARAMS, "expected an auth-scheme, after a token68");
    }
    return token68;
  }

  // #auth-param, the first of which may have been read
  private AuthParams params() {
    while (readNameAndEquals()) {
      param();
    }
    AuthParams collected = params.collected();
    params.clear();
    return collected;
  }

  // token BWS "=" BWS; leaves the position alone if this is something else.
  private boolean readNameAndEquals() {
    nameStart = at;
    skipToken();
    nameEnd = at;
    skipBlanks();
    if (nameEnd > nameStart && at < text.length() && text.charAt(at) == '=') {
      at++;
      skipBlanks();
      return true;
    }
    at = nameStart;
    return false;
  }

  private void param() {
    String name = text.substring(nameStart, nameEnd);
    if (params.contains(name)) {
      at = nameStart;
      throw error(Code.DUPLICATE_PARAM, "a second auth-param of the same name");
    }
    if (params.size() == Challenges.MAX_PARAMS) {
      at = nameStart;
      throw error(Code.TOO_MANY_PARAMS, "more than " + Challenges.MAX_PARAMS + " auth-params");
    }
    params.add(name, value());
    if (!skipElementEnd()) {
      throw unexpected(Code.EXPECTED_COMMA, "expected a comma or the end");
    }
  }

  // token / quoted-string
  private String value() {
    if (at < text.length() && text.charAt(at) == '"') {
      return quotedString();
    }
    int start = at;
    skipToken();
    if (at == start) {
      throw unexpected(Code.EXPECTED_VALUE, "expected a token or a quoted-string");
    }
    if (at < text.length() && text.charAt(at) != ',' && !Grammar.isBlank(text.charAt(at))) {
      throw unexpected(Code.EXPECTED_QUOTED_STRING, "expected quotes around this value");
    }
    return text.substring(start, at);
  }

  // quoted-string = DQUOTE *( qdtext / quoted-pair ) DQUOTE
  private String quotedString() {
    int open = at++;
    int start = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        return text.substring(start, at++);
      }
      if (c == '\\') {
        return withQuotedPairs(
            open, new StringBuilder(text.length() - start).append(text, start, at));
      }
      requireQuotable(c);
      at++;
    }
    throw unterminated(open);
  }

  // quoted-pair = "\" ( HTAB / SP / VCHAR / obs-text )
  private String withQuotedPairs(int open, StringBuilder value) {
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      if (at < text.length()) {
        requireQuotable(text.charAt(at));
        value.append(text.charAt(at));
        at++;
      }
    }
    if (at == text.length()) {
      throw unterminated(open);
    }
    at++;
    return value.toString();
  }

  private void requireQuotable(char c) {
    if (!Grammar.isQuotable(c)) {
      throw error(Code.ILLEGAL_CHARACTER, "a character that no quoted-string can have");
    }
  }

  // OWS ( "," / end ), with the empty elements that follow; false if something else is there.
  private boolean skipElementEnd() {
    skipBlanks();
    if (at < text.length() && text.charAt(at) != ',') {
      return false;
    }
    skipEmptyElements();
    return true;
  }

  // *( OWS "," ) OWS
  private void skipEmptyElements() {
    while (at < text.length() && (text.charAt(at) == ',' || Grammar.isBlank(text.charAt(at)))) {
      at++;
    }
  }

  private void skipBlanks() {
    while (at < text.length() && Grammar.isBlank(text.charAt(at))) {
      at++;
    }
  }

  private int skipSpaces() {
    int start = at;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at - start;
  }

  private void skipToken() {
    while (at < text.length() && Grammar.isTchar(text.charAt(at))) {
      at++;
    }
  }

  /** The error for a scheme that is followed by something that is no auth-param. */
  private ChallengeSyntaxException afterName() {
    at = nameEnd;
    if (nameEnd == nameStart) {
      return unexpected(Code.EXPECTED_PARAM, "expected a token68 or an auth-param");
    }
    skipBlanks();
    return unexpected(Code.EXPECTED_EQUALS, "expected '='");
  }

  private ChallengeSyntaxException unterminated(int open) {
    at = open;
    return error(Code.UNTERMINATED_QUOTED_STRING, "a quoted-string without closing quote");
  }

  /** The error for this place, unless the character there can stand nowhere. */
  private ChallengeSyntaxException unexpected(Code code, String expected) {
    if (at < text.length() && !Grammar.isQuotable(text.charAt(at))) {
      return error(Code.ILLEGAL_CHARACTER, "a character that no field value can have");
    }
    return error(code, expected);
  }

  private ChallengeSyntaxException error(Code code, String problem) {
    return new ChallengeSyntaxException(code, at, problem, text);
  }
}
