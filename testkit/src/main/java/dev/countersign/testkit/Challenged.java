package dev.countersign.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A challenge in the narrow form that the kit writes, read by a pattern as the simplest clients do.
 */
final class Challenged {

  private static final Pattern PARAM = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

  private Challenged() {}

  static Map<String, String> params(String challenge) {
    Map<String, String> params = new LinkedHashMap<>();
    Matcher param = PARAM.matcher(challenge);
    while (param.find()) {
      params.putIfAbsent(param.group(1), param.group(2));
    }
    return params;
  }

  static List<String> names(String challenge) {
    return PARAM.matcher(challenge).results().map(result -> result.group(1)).toList();
  }
}
