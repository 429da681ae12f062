package dev.countersign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what each hop says in a {@code Forwarded} field (RFC 7239), by its grammar. */
final class Forwarded {

  // token and quoted-string of RFC 9110 sections 5.6.2 and 5.6.4
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String QDTEXT = "[\\t \\x21\\x23-\\x5B\\x5D-\\x7E]*+";
  private static final String QUOTED = "\"" + QDTEXT + "(?:\\\\[\\t\\x20-\\x7E]" + QDTEXT + ")*+\"";

  // forwarded-pair = token "=" value, without white space around the sign (section 4)
  private static final Pattern PAIR =
      Pattern.compile("(?<name>" + TOKEN + ")=(?<value>" + TOKEN + "|" + QUOTED + ")");

  // What may stand between pairs: ";" inside an element, "," behind it; OWS as other lists have it.
  private static final Pattern BORDER = Pattern.compile("[\\t ]*(?<sign>[;,])[\\t ]*");

  // More is no chain of proxies, and a pattern has to be matched against it.
  private static final int MAX_LENGTH = 1024;

  private Forwarded() {}

  /**
   * One parameter of all hops.
   *
   * @param lines the field lines in their order
   * @param parameter its name, such as {@code for} or {@code proto}
   * @return its value in each element, unquoted, empty where it has none; empty if the field is too
   *     long or does not follow the grammar, which makes all of it worthless
   */
  static Optional<List<String>> read(List<String> lines, String parameter) {
    String field = String.join(",", lines).strip();
    if (field.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher pair = PAIR.matcher(field);
    Matcher border = BORDER.matcher(field);
    List<String> hops = new ArrayList<>();
    String hop = "";
    boolean seen = false;
    for (int at = 0; ; ) {
      if (!pair.region(at, field.length()).lookingAt()) {
        return Optional.empty();
      }
      if (pair.group("name").equalsIgnoreCase(parameter)) {
        // Each parameter once in an element (section 4).
        if (seen) {
          return Optional.empty();
        }
        hop = unquoted(pair.group("value"));
        seen = true;
      }
      at = pair.end();
      boolean last = at == field.length();
      if (!last && !border.region(at, field.length()).lookingAt()) {
        return Optional.empty();
      }
      if (last || border.group("sign").equals(",")) {
        hops.add(hop);
        hop = "";
        seen = false;
      }
      if (last) {
        return Optional.of(hops);
      }
      at = border.end();
    }
  }

  private static String unquoted(String value) {
    return value.startsWith("\"")
        ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
        : value;
  }
}
