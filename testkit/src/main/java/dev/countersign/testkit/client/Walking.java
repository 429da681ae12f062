package dev.countersign.testkit.client;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients that walk over the text from one {@code name=value} to the next. */
final class Walking {

  /** A word and an equals sign, then quotes without escapes, or letters, digits and underscores. */
  private static final Pattern WORDS = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\w+))");

  /**
   * A word with hyphens and an equals sign, then quotes without escapes, or no blank and no comma.
   */
  private static final Pattern HYPHENATED =
      Pattern.compile("([\\w-]+)=(?:\"([^\"]*)\"|([^\\s,]+))");

  private static final Pattern BEARER = Pattern.compile("bearer\\s+", Pattern.CASE_INSENSITIVE);

  private static final Pattern BEARER_ELEMENT =
      Pattern.compile("(?:^|,)\\s*bearer(?:\\s+|$)", Pattern.CASE_INSENSITIVE);

  private static final Pattern RUBY_PARAM =
      Pattern.compile(
          "\\s*,?\\s*([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:\\\\.|[^\"\\\\])*)\"|([^\\s,]+))");

  private Walking() {}

  static ClientReading mcpRemote(List<String> lines) {
    return walk(WORDS.matcher(String.join(", ", lines)), false);
  }

  static ClientReading inspector(List<String> lines) {
    String text = String.join(", ", lines);
    Matcher bearer = BEARER.matcher(text);
    if (!bearer.find() || bearer.end() == text.length()) {
      return ClientReading.NOTHING;
    }
    return walk(HYPHENATED.matcher(text.substring(bearer.end())), true);
  }

  private static ClientReading walk(Matcher matcher, boolean foldsCase) {
    Map<String, String> params = new HashMap<>();
    while (matcher.find()) {
      String name = matcher.group(1);
      String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      params.put(foldsCase ? name.toLowerCase(Locale.ROOT) : name, value);
    }
    return ClientReading.of(params);
  }

  // The first Bearer challenge, as long as names and values follow each other.
  static ClientReading ruby(List<String> lines) {
    String text = String.join(", ", lines);
    Matcher bearer = BEARER_ELEMENT.matcher(text);
    if (!bearer.find()) {
      return ClientReading.NOTHING;
    }
    Map<String, String> params = new HashMap<>();
    Matcher param = RUBY_PARAM.matcher(text).region(bearer.end(), text.length());
    while (param.lookingAt()) {
      String quoted = param.group(2);
      String value = quoted == null ? param.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      params.put(param.group(1).toLowerCase(Locale.ROOT), value);
      param.region(param.end(), text.length());
    }
    return ClientReading.of(params);
  }

  // The first line has to begin with Bearer. A name is everything up to the next equals sign, so
  // the
  // scheme of a second challenge becomes part of one.
  static ClientReading zed(List<String> lines) {
    String text = lines.get(0).strip();
    if (!text.regionMatches(true, 0, "bearer", 0, 6)) {
      return ClientReading.NOTHING;
    }
    Map<String, String> params = new HashMap<>();
    int at = 6;
    while (true) {
      while (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) <= ' ')) {
        at++;
      }
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        return ClientReading.of(params);
      }
      StringBuilder value = new StringBuilder();
      int end = zedValue(text, equals + 1, value);
      params.put(text.substring(at, equals).strip().toLowerCase(Locale.ROOT), value.toString());
      at = end;
    }
  }

  private static int zedValue(String text, int start, StringBuilder value) {
    int at = start;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    boolean quoted = at < text.length() && text.charAt(at) == '"';
    at += quoted ? 1 : 0;
    while (at < text.length() && !isEnd(text.charAt(at), quoted)) {
      boolean pair = quoted && text.charAt(at) == '\\' && at + 1 < text.length();
      value.append(text.charAt(pair ? ++at : at));
      at++;
    }
    return quoted ? Math.min(at + 1, text.length()) : at;
  }

  private static boolean isEnd(char c, boolean quoted) {
    return quoted ? c == '"' : c == ',' || c <= ' ';
  }
}
