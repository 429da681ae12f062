package dev.countersign.oauth;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The grammar of one {@code Authorization} field value. */
final class AuthorizationField {

  static final Credentials ABSENT = new Credentials.Absent(false);

  // There is room for one set of credentials (RFC 9110 section 11.6.2): a scheme behind a comma is
  // a second.
  private static final Pattern BEARER_AFTER_COMMA =
      Pattern.compile(",[ \\t]*bearer(?![^ \\t,])", Pattern.CASE_INSENSITIVE);
  private static final Pattern DPOP_AFTER_COMMA =
      Pattern.compile(",[ \\t]*dpop(?![^ \\t,])", Pattern.CASE_INSENSITIVE);

  private AuthorizationField() {}

  // credentials = ( "Bearer" / "DPoP" ) 1*SP b64token
  static Credentials read(String field, int maxTokenLength, Set<AuthScheme> schemes) {
    String value = trim(field);
    AuthScheme scheme = schemeOf(value, schemes);
    if (scheme == null) {
      return isBehindComma(value, schemes)
          ? new Credentials.Rejected(Denial.REPEATED_CREDENTIALS)
          : ABSENT;
    }
    // A tab is no SP: it stays in the text, which then is no b64token.
    int start = scheme.wireName().length();
    while (start < value.length() && value.charAt(start) == ' ') {
      start++;
    }
    return start == value.length()
        ? new Credentials.Absent(true)
        : token(value, start, maxTokenLength, scheme);
  }

  private static @Nullable AuthScheme schemeOf(String value, Set<AuthScheme> schemes) {
    if (hasScheme(value, AuthScheme.BEARER) && schemes.contains(AuthScheme.BEARER)) {
      return AuthScheme.BEARER;
    }
    return hasScheme(value, AuthScheme.DPOP) && schemes.contains(AuthScheme.DPOP)
        ? AuthScheme.DPOP
        : null;
  }

  private static boolean isBehindComma(String value, Set<AuthScheme> schemes) {
    return BEARER_AFTER_COMMA.matcher(value).find()
        || (schemes.contains(AuthScheme.DPOP) && DPOP_AFTER_COMMA.matcher(value).find());
  }

  private static boolean hasScheme(String value, AuthScheme scheme) {
    String name = scheme.wireName();
    return value.regionMatches(true, 0, name, 0, name.length())
        && (value.length() == name.length() || isBlank(value.charAt(name.length())));
  }

  private static Credentials token(String value, int start, int maxTokenLength, AuthScheme scheme) {
    if (value.length() - start > maxTokenLength) {
      return new Credentials.Rejected(Denial.TOKEN_TOO_LONG);
    }
    BearerToken token = BearerToken.behind(value, start);
    if (token != null) {
      return new Credentials.Presented(token, scheme);
    }
    // A b64token has no comma, so there is more than one set of credentials in the list.
    boolean list = value.indexOf(',', start) >= 0;
    return new Credentials.Rejected(list ? Denial.REPEATED_CREDENTIALS : Denial.TOKEN_MALFORMED);
  }

  // OWS = *( SP / HTAB ); containers hand the value over with or without it.
  private static String trim(String value) {
    int start = 0;
    int end = value.length();
    while (start < end && isBlank(value.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(value.charAt(end - 1))) {
      end--;
    }
    return value.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
