package dev.countersign.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second reader of the grammar of RFC 9110 section 11.6.1, written another way on purpose: it
 * first cuts the list at its commas and then asks of each element what it is. Slow, without
 * positions.
 */
final class ReferenceParser {

  /** A challenge by its parts; names in lower case. */
  record Parsed(String scheme, String token68, Map<String, String> params) {}

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String QUOTED =
      "\"(?:[\\t !#-\\[\\]-~\\x80-\\xFF]|\\\\[\\t -~\\x80-\\xFF])*+\"";
  private static final String PARAM =
      "(?<name>" + TOKEN + ")[ \\t]*=[ \\t]*(?<value>" + TOKEN + "|" + QUOTED + ")";

  private static final Pattern ELEMENT = Pattern.compile("(?:[^\",]|" + QUOTED + ")*+");
  private static final Pattern PARAM_ONLY = Pattern.compile("[ \\t]*" + PARAM + "[ \\t]*");
  private static final Pattern CHALLENGE =
      Pattern.compile(
          "[ \\t]*(?<scheme>"
              + TOKEN
              + ")(?:(?<space> +)(?:(?<token68>[A-Za-z0-9._~+/-]+=*)|"
              + PARAM
              + "))?(?<rest>[ \\t]*)");

  private final List<Parsed> challenges = new ArrayList<>();
  private boolean takesParams;

  private ReferenceParser() {}

  /** Empty if the text is outside the grammar. */
  static Optional<List<Parsed>> parse(String text) {
    ReferenceParser parser = new ReferenceParser();
    Matcher element = ELEMENT.matcher(text);
    int at = 0;
    while (true) {
      element.region(at, text.length());
      element.lookingAt();
      if (!parser.take(element.group())) {
        return Optional.empty();
      }
      if (element.end() == text.length()) {
        return Optional.of(parser.challenges);
      }
      if (text.charAt(element.end()) != ',') {
        return Optional.empty();
      }
      at = element.end() + 1;
    }
  }

  private boolean take(String element) {
    if (element.matches("[ \\t]*")) {
      return true;
    }
    Matcher param = PARAM_ONLY.matcher(element);
    if (param.matches()) {
      return takesParams && !challenges.isEmpty() && add(param);
    }
    Matcher challenge = CHALLENGE.matcher(element);
    if (!challenge.matches()) {
      return false;
    }
    String token68 = challenge.group("token68") == null ? "" : challenge.group("token68");
    challenges.add(new Parsed(challenge.group("scheme"), token68, new LinkedHashMap<>()));
    boolean hasParam = challenge.group("name") != null;
    takesParams = hasParam || (token68.isEmpty() && challenge.group("rest").startsWith(" "));
    return !hasParam || add(challenge);
  }

  private boolean add(Matcher param) {
    String value = param.group("value");
    if (value.startsWith("\"")) {
      value = value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
    }
    Map<String, String> params = challenges.get(challenges.size() - 1).params();
    return params.putIfAbsent(param.group("name").toLowerCase(Locale.ROOT), value) == null;
  }

  /** The same parts of a challenge of the library. */
  static Parsed parts(Challenge challenge) {
    Map<String, String> params = new LinkedHashMap<>();
    challenge.params().forEach((name, value) -> params.put(name.toLowerCase(Locale.ROOT), value));
    return new Parsed(challenge.scheme(), challenge.token68().orElse(""), params);
  }
}
