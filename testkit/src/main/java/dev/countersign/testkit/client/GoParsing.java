package dev.countersign.testkit.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The Go SDK: a parser by the grammar for the most part, in which one fault ends the login. */
final class GoParsing {

  private record Parsed(String scheme, Map<String, String> params) {}

  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private GoParsing() {}

  // The URL may be in any challenge, scope and error are those of Bearer.
  static ClientReading read(List<String> lines) {
    Map<String, String> found = new HashMap<>();
    try {
      for (String line : lines) {
        for (String text : challenges(line)) {
          Parsed parsed = challenge(text.strip());
          parsed.params.forEach(
              (name, value) -> {
                if (parsed.scheme.equals("bearer") || name.equals("resource_metadata")) {
                  found.putIfAbsent(name, value);
                }
              });
        }
      }
    } catch (Fault e) {
      return ClientReading.ABORTED;
    }
    return ClientReading.of(found);
  }

  // A comma outside quotes begins a challenge, unless a word without white space and an equals sign
  // follow.
  private static List<String> challenges(String line) throws Fault {
    List<String> challenges = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int at = 0; at < line.length(); at++) {
      if (line.charAt(at) == '"') {
        if (at == 0) {
          throw new Fault();
        }
        quoted ^= line.charAt(at - 1) != '\\';
      } else if (line.charAt(at) == ',' && !quoted && !isParam(line.substring(at + 1).strip())) {
        challenges.add(line.substring(start, at));
        start = at + 1;
      }
    }
    challenges.add(line.substring(start));
    challenges.removeIf(String::isBlank);
    return challenges;
  }

  private static boolean isParam(String text) {
    int equals = text.indexOf('=');
    return equals > 0 && text.substring(0, equals).chars().noneMatch(Character::isWhitespace);
  }

  private static Parsed challenge(String text) throws Fault {
    int space = text.indexOf(' ');
    Map<String, String> params = new HashMap<>();
    String rest = space < 0 ? "" : text.substring(space + 1);
    while (!rest.isEmpty()) {
      int equals = rest.indexOf('=');
      if (equals <= 0) {
        throw new Fault();
      }
      String name = rest.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      StringBuilder value = new StringBuilder();
      rest = afterValue(rest.substring(equals + 1).strip(), value);
      if (value.isEmpty()) {
        throw new Fault();
      }
      params.put(name, value.toString());
    }
    String scheme = space < 0 ? text : text.substring(0, space);
    return new Parsed(scheme.toLowerCase(Locale.ROOT), params);
  }

  private static String afterValue(String text, StringBuilder value) throws Fault {
    int end = text.startsWith("\"") ? quoted(text, value) : bare(text, value);
    String rest = text.substring(end).strip();
    if (!rest.isEmpty() && !rest.startsWith(",")) {
      throw new Fault();
    }
    return rest.isEmpty() ? rest : rest.substring(1).strip();
  }

  private static int bare(String text, StringBuilder value) {
    int comma = text.indexOf(',');
    int end = comma < 0 ? text.length() : comma;
    value.append(text.substring(0, end).strip());
    return end;
  }

  private static int quoted(String text, StringBuilder value) throws Fault {
    for (int at = 1; at < text.length(); at++) {
      if (text.charAt(at) == '"') {
        return at + 1;
      }
      boolean pair = text.charAt(at) == '\\' && at + 1 < text.length();
      value.append(text.charAt(pair ? ++at : at));
    }
    throw new Fault();
  }
}
