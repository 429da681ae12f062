package dev.countersign.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The measure for a parser: recursive descent without any check that is not needed for this field.
 */
final class PlainParser {

  private final String text;
  private int at;

  PlainParser(String text) {
    this.text = text;
  }

  Map<String, String> parse() {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("scheme", word());
    while (at < text.length()) {
      separators();
      String name = word();
      at++;
      params.put(name, value());
    }
    return params;
  }

  private void separators() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == ',')) {
      at++;
    }
  }

  private String word() {
    int start = at;
    while (at < text.length() && Character.isLetterOrDigit(text.charAt(at)) || isUnderscore()) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean isUnderscore() {
    return at < text.length() && text.charAt(at) == '_';
  }

  private String value() {
    if (text.charAt(at) != '"') {
      return word();
    }
    StringBuilder value = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
      }
      value.append(text.charAt(at));
    }
    at++;
    return value.toString();
  }
}
