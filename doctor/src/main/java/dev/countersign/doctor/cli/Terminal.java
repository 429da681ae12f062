package dev.countersign.doctor.cli;

import java.io.Console;
import java.util.Optional;

/** What the terminal can show. */
final class Terminal {

  private static final int USUAL_WIDTH = 80;

  private Terminal() {}

  /** Only on a terminal, and not against the user's wish (no-color.org). */
  static boolean hasColour() {
    String none = System.getenv("NO_COLOR");
    return isTerminal()
        && (none == null || none.isEmpty())
        && !"dumb".equals(System.getenv("TERM"));
  }

  // From Java 22 on there is a console even where nobody sits, which says so itself.
  @SuppressWarnings("SystemConsoleNull") // null is what Java 17 says
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  static int width() {
    return Optional.ofNullable(System.getenv("COLUMNS"))
        .filter(text -> text.matches("[1-9][0-9]{1,3}"))
        .map(Integer::parseInt)
        .orElse(USUAL_WIDTH);
  }
}
