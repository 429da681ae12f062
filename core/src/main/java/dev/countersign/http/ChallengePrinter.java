package dev.countersign.http;

/**
 * Writes a challenge in the one form that every known client reads, without line folding.
 *
 * <pre>
 * challenge  = auth-scheme [ SP ( token68 / auth-param *( "," SP auth-param ) ) ]
 * auth-param = token "=" quoted-string
 * </pre>
 */
final class ChallengePrinter {

  private ChallengePrinter() {}

  static String print(String scheme, String token68, AuthParams params) {
    if (params.isEmpty()) {
      return token68.isEmpty() ? scheme : scheme + ' ' + token68;
    }
    StringBuilder out = new StringBuilder(256).append(scheme);
    for (int index = 0; index < params.size(); index++) {
      String name = params.nameAt(index);
      String value = params.valueAt(index);
      out.append(index == 0 ? " " : ", ").append(name).append('=');
      if (isTokenOnly(scheme, name) && Grammar.isToken(value)) {
        out.append(value);
      } else {
        quote(out, value);
      }
    }
    return out.toString();
  }

  // RFC 7616 section 3.3: a sender must not generate the quoted string syntax for stale and
  // algorithm.
  private static boolean isTokenOnly(String scheme, String name) {
    return scheme.equalsIgnoreCase("Digest")
        && (name.equalsIgnoreCase("algorithm") || name.equalsIgnoreCase("stale"));
  }

  // quoted-string = DQUOTE *( qdtext / quoted-pair ) DQUOTE, a quoted-pair only where it is needed
  // (RFC 9110 section 5.6.4)
  private static void quote(StringBuilder out, String value) {
    out.append('"');
    for (int at = 0; at < value.length(); at++) {
      char c = value.charAt(at);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    out.append('"');
  }
}
