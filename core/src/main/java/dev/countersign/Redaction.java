package dev.countersign;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Field lines as they may be printed: in one printable line each, and without what is, or may be, a
 * credential that an application has put into them.
 */
final class Redaction {

  private static final int MAX_LENGTH = 512;
  private static final int MAX_LINES = 8;
  private static final String BLANK = "[redacted]";

  // A JWS or JWE, which begins with a JOSE header in base64url; a run with digits or capitals
  // that is longer than a field name; and any run that is longer than the name of an error code.
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "eyJ[\\w-]+(\\.[\\w-]*)*|(?=[a-z_~+-]*[A-Z\\d])[\\w~+-]{24,}=*|[\\w~+-]{33,}=*");

  private Redaction() {}

  /** The credentials of {@code Authorization} lines, each without its scheme. */
  static List<String> secrets(List<String> authorization) {
    return authorization.stream()
        .map(line -> line.substring(line.indexOf(' ') + 1).strip())
        .filter(text -> !text.isEmpty())
        .toList();
  }

  static boolean holds(List<String> lines, List<String> secrets) {
    return secrets.stream().anyMatch(secret -> lines.stream().anyMatch(l -> l.contains(secret)));
  }

  static List<String> of(List<String> lines, List<String> secrets) {
    return lines.stream().limit(MAX_LINES).map(line -> of(line, secrets)).toList();
  }

  private static String of(String line, List<String> secrets) {
    String text = line;
    for (String secret : secrets) {
      text = text.replace(secret, BLANK);
    }
    // Cut behind the blanks: half a credential would not be recognised.
    text = CREDENTIAL.matcher(text).replaceAll(BLANK).replaceAll("[^ -~]", "?");
    return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
  }
}
