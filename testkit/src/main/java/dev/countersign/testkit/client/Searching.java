package dev.countersign.testkit.client;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Clients that search the text for {@code name=} and take what follows, wherever it stands. */
final class Searching {

  private static final List<String> NAMES = List.of("resource_metadata", "scope", "error");

  private Searching() {}

  // The text between the first two spaces must not be empty, so two spaces behind Bearer are too
  // many.
  static ClientReading typescript(List<String> lines) {
    String text = String.join(", ", lines);
    String[] words = text.split(" ", 3);
    boolean bearer = words[0].equalsIgnoreCase("bearer") && words.length > 1 && !words[1].isEmpty();
    return bearer ? everywhere(text) : ClientReading.NOTHING;
  }

  static ClientReading python(List<String> lines) {
    return everywhere(String.join(", ", lines));
  }

  private static ClientReading everywhere(String text) {
    Map<String, String> params = new HashMap<>();
    NAMES.forEach(name -> params.put(name, quotedOrBare(text, name)));
    return ClientReading.of(params);
  }

  // The first place where a quoted text with at least one character follows, or a bare one.
  private static String quotedOrBare(String text, String name) {
    for (int at = text.indexOf(name + "="); at >= 0; at = text.indexOf(name + "=", at + 1)) {
      int start = at + name.length() + 1;
      int closing = text.startsWith("\"", start) ? text.indexOf('"', start + 1) : -1;
      if (closing > start + 1) {
        return text.substring(start + 1, closing);
      }
      int end = endOfBare(text, start, ", \t\r\n");
      if (end > start) {
        return text.substring(start, end);
      }
    }
    return "";
  }

  static ClientReading gemini(List<String> lines) {
    String text = String.join(", ", lines);
    String opening = "resource_metadata=\"";
    for (int at = text.indexOf(opening); at >= 0; at = text.indexOf(opening, at + 1)) {
      int start = at + opening.length();
      int closing = text.indexOf('"', start);
      if (closing > start) {
        return ClientReading.of(Map.of("resource_metadata", text.substring(start, closing)));
      }
    }
    return ClientReading.NOTHING;
  }

  // The URL may be on any line; scope and error are searched for in the first one.
  static ClientReading rmcp(List<String> lines) {
    Map<String, String> params = new HashMap<>();
    for (String line : lines) {
      String url = withoutCase(line, "resource_metadata", true);
      if (!url.isEmpty()) {
        params.put("resource_metadata", url);
        break;
      }
    }
    params.put("scope", withoutCase(lines.get(0), "scope", false));
    params.put("error", withoutCase(lines.get(0), "error", false));
    return ClientReading.of(params);
  }

  private static String withoutCase(String line, String name, boolean unescapes) {
    int at = line.toLowerCase(Locale.ROOT).indexOf(name + "=");
    if (at < 0) {
      return "";
    }
    int start = at + name.length() + 1;
    if (!line.startsWith("\"", start)) {
      return line.substring(start, endOfBare(line, start, ",; \t"));
    }
    StringBuilder value = new StringBuilder();
    for (int i = start + 1; i < line.length(); i++) {
      if (line.charAt(i) == '"') {
        return value.toString();
      }
      boolean pair = unescapes && line.charAt(i) == '\\' && i + 1 < line.length();
      value.append(line.charAt(pair ? ++i : i));
    }
    return "";
  }

  // The first line only, and only if it begins with Bearer in this case; Basic and others end the
  // login.
  static ClientReading toolHive(List<String> lines) {
    String text = lines.get(0).strip();
    if (!text.startsWith("Bearer")) {
      return ClientReading.ABORTED;
    }
    Map<String, String> params = new HashMap<>();
    params.put("resource_metadata", firstOnly(text, "resource_metadata"));
    params.put("error", firstOnly(text, "error"));
    return ClientReading.of(params);
  }

  private static String firstOnly(String text, String name) {
    int at = text.indexOf(name + "=");
    int start = at + name.length() + 1;
    if (at < 0 || start >= text.length()) {
      return "";
    }
    if (text.charAt(start) != '"') {
      return text.substring(start, endOfBare(text, start, ", "));
    }
    for (int end = start + 1; end < text.length(); end++) {
      if (text.charAt(end) == '"' && (end == start + 1 || text.charAt(end - 1) != '\\')) {
        return text.substring(start + 1, end).replace("\\\"", "\"");
      }
    }
    return "";
  }

  private static int endOfBare(String text, int start, String ends) {
    int end = start;
    while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }
}
