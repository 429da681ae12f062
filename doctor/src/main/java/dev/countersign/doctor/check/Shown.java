package dev.countersign.doctor.check;

import dev.countersign.doctor.wire.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** An answer as a report shows it. */
final class Shown {

  private static final int MOST = 600;

  private Shown() {}

  static String status(Answer answer) {
    return answer instanceof Answer.Unreachable unreachable
        ? "not at all (" + unreachable.cause() + ")"
        : String.valueOf(answer.status());
  }

  /** The status line and the fields that matter to clients. */
  static String head(Answer answer) {
    return head(answer, false);
  }

  /** The same with the fields that matter to pages in a browser. */
  static String headForPages(Answer answer) {
    return head(answer, true);
  }

  private static String head(Answer answer, boolean forPages) {
    if (!(answer instanceof Answer.Response response)) {
      return status(answer);
    }
    return "HTTP "
        + response.status()
        + response.fields().stream()
            .filter(
                field ->
                    matters(field.name())
                        || (forPages && field.name().startsWith("access-control-")))
            .map(field -> "\n" + field.name() + ": " + cut(field.value()))
            .collect(Collectors.joining());
  }

  /** The head and the beginning of the content. */
  static String whole(Answer answer) {
    return answer.body().isEmpty() ? head(answer) : head(answer) + "\n\n" + cut(answer.body());
  }

  /** Field lines as they were received. */
  static String fieldLines(String name, List<String> lines) {
    return lines.stream().map(line -> name + ": " + cut(line)).collect(Collectors.joining("\n"));
  }

  private static boolean matters(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("authenticate")
        || lower.startsWith("mcp-")
        || Set.of(
                "content-type",
                "location",
                "allow",
                "server",
                "retry-after",
                "cache-control",
                "via")
            .contains(lower);
  }

  // What a server sends may hold anything, escape sequences of a terminal as well.
  static String cut(String text) {
    String start = text.length() > MOST ? text.substring(0, MOST) + " …" : text;
    return start
        .codePoints()
        .map(c -> Character.isISOControl(c) && c != '\n' ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
