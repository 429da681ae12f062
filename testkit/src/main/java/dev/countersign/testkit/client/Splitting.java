package dev.countersign.testkit.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients that cut the text into challenges, and those into auth-params. */
final class Splitting {

  private static final String SPRING_PARAM = "[\\w.-]+\\s*=\\s*(?:\"[^\"]*\"|[^\\s,]+)";

  /** A word, white space, and as many auth-params as follow each other with commas between. */
  private static final Pattern SPRING_CHALLENGE =
      Pattern.compile("(\\S+)\\s+((?:" + SPRING_PARAM + "(?:\\s*,\\s*)?)*)");

  private Splitting() {}

  // .NET cuts the field into challenges; within one, every comma separates. The first challenge
  // with a
  // URL ends the search; a scope found before stays.
  static ClientReading csharp(List<String> lines) {
    Map<String, String> found = new HashMap<>();
    for (String challenge : challenges(lines)) {
      String[] parts = challenge.split("\\s+", 2);
      if (!parts[0].equalsIgnoreCase("bearer") || parts.length == 1) {
        continue;
      }
      Map<String, String> params = splitAtEveryComma(parts[1]);
      params.forEach(found::putIfAbsent);
      if (params.containsKey("resource_metadata")) {
        return ClientReading.of(found);
      }
    }
    return ClientReading.of(found);
  }

  private static Map<String, String> splitAtEveryComma(String text) {
    Map<String, String> params = new HashMap<>();
    for (String part : text.split(",")) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty()) {
        params.putIfAbsent(name, unquoted(part.substring(equals + 1).strip()));
      }
    }
    return params;
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** The challenges of all lines: one begins where no name and equals sign follow a comma. */
  private static List<String> challenges(List<String> lines) {
    List<String> challenges = new ArrayList<>();
    for (String line : lines) {
      boolean first = true;
      for (String element : elements(line)) {
        if (first || !element.matches("[^\\s=\"]+\\s*=.*")) {
          challenges.add(element);
        } else {
          int last = challenges.size() - 1;
          challenges.set(last, challenges.get(last) + ", " + element);
        }
        first = false;
      }
    }
    return challenges;
  }

  /**
   * What stands between commas outside quotes, without blanks around; a backslash escapes nothing.
   */
  private static List<String> elements(String line) {
    List<String> elements = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int at = 0; at <= line.length(); at++) {
      boolean end = at == line.length();
      if (!end && line.charAt(at) == '"') {
        quoted = !quoted;
      } else if (end || (line.charAt(at) == ',' && !quoted)) {
        elements.add(line.substring(start, at).strip());
        start = at + 1;
      }
    }
    elements.removeIf(String::isEmpty);
    return elements;
  }

  // An element with a word, a space and an equals sign begins a challenge, one without equals sign
  // is
  // one. In a challenge the last of two values counts; of all challenges with the scheme Bearer, in
  // this
  // case, the first that has a value.
  static ClientReading vsCode(List<String> lines) {
    Map<String, String> found = new HashMap<>();
    Map<String, String> params = new HashMap<>();
    for (String element : elements(String.join(", ", lines))) {
      int space = element.indexOf(' ');
      int equals = element.indexOf('=');
      boolean begins = space > 0 && space < equals && element.indexOf('=', space + 1) >= 0;
      if (begins || equals < 0) {
        addValues(params, found);
        params = new HashMap<>();
        params.put("", begins ? element.substring(0, space) : element);
      }
      if (equals > 0 && "Bearer".equals(params.get(""))) {
        String param = begins ? element.substring(space + 1) : element;
        String value = param.substring(param.indexOf('=') + 1).strip();
        params.put(param.substring(0, param.indexOf('=')).strip(), value.replaceAll("^\"|\"$", ""));
      }
    }
    addValues(params, found);
    return ClientReading.of(found);
  }

  private static void addValues(Map<String, String> params, Map<String, String> found) {
    params.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            found.putIfAbsent(name, value);
          }
        });
  }

  // The first line, the first Bearer challenge; without a URL in it there is nothing.
  static ClientReading spring(List<String> lines) {
    Matcher challenge = SPRING_CHALLENGE.matcher(lines.get(0).strip());
    while (challenge.find()) {
      if (challenge.group(1).equalsIgnoreCase("bearer")) {
        Map<String, String> params = new HashMap<>();
        Matcher param = Pattern.compile(SPRING_PARAM).matcher(challenge.group(2));
        while (param.find()) {
          String[] parts = param.group().split("=", 2);
          params.put(parts[0].strip(), unquoted(parts[1].strip()));
        }
        return params.containsKey("resource_metadata")
            ? ClientReading.of(params)
            : ClientReading.NOTHING;
      }
    }
    return ClientReading.NOTHING;
  }
}
