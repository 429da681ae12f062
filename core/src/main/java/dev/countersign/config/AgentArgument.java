package dev.countersign.config;

import java.util.ArrayList;
import java.util.List;

/** Reads the argument of a Java agent: {@code key=value} with commas between. */
final class AgentArgument {

  /** What a message calls it. */
  static final String KIND = "agent argument";

  private static final String WHITE_SPACE = " \t\n\u000B\f\r";

  private AgentArgument() {}

  static SettingSource read(String argument) {
    SettingDraft draft = new SettingDraft(KIND);
    for (String part : parts(argument)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        draft.refuse(
            "", "", Secrets.shown(part, part), "expected key=value, with commas between several");
      } else {
        draft.put(part.substring(0, equals).strip(), part.substring(equals + 1));
      }
    }
    return draft.source();
  }

  // Read by hand: a regular expression costs more than all the rest, before the application starts.
  private static List<String> parts(String argument) {
    List<String> parts = new ArrayList<>();
    int begin = 0;
    for (int at = 0; at < argument.length(); at++) {
      if (argument.charAt(at) == ',' && isKey(argument, at + 1)) {
        parts.add(argument.substring(begin, at));
        begin = at + 1;
      }
    }
    if (!argument.isBlank()) {
      parts.add(argument.substring(begin));
    }
    return parts;
  }

  // *white-space lower-case *( letter / digit / "." / "_" / "-" ) "="
  private static boolean isKey(String argument, int from) {
    int at = from;
    while (at < argument.length() && WHITE_SPACE.indexOf(argument.charAt(at)) >= 0) {
      at++;
    }
    if (at == argument.length() || argument.charAt(at) < 'a' || argument.charAt(at) > 'z') {
      return false;
    }
    while (at < argument.length() && isKeyCharacter(argument.charAt(at))) {
      at++;
    }
    return at < argument.length() && argument.charAt(at) == '=';
  }

  private static boolean isKeyCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
