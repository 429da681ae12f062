package dev.countersign.doctor.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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

  /** Whether a line on the error stream can be written over: it is a terminal, and no dumb one. */
  static boolean canRewriteLines() {
    return isTerminal() && errorsAreSeen() && !"dumb".equals(System.getenv("TERM"));
  }

  // Java knows of standard input and output only; Linux says where the error stream leads.
  private static boolean errorsAreSeen() {
    Path errors = Path.of("/proc/self/fd/2");
    try {
      return !Files.isSymbolicLink(errors)
          || Files.readSymbolicLink(errors).toString().matches("/dev/(pts/\\d+|tty.*|console)");
    } catch (IOException e) {
      return false;
    }
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

  /** How many characters fit on a line: by COLUMNS, else by the terminal, else 80. */
  static int width() {
    return number(System.getenv("COLUMNS"))
        .or(() -> isTerminal() ? askTerminal() : Optional.empty())
        .orElse(USUAL_WIDTH);
  }

  private static Optional<Integer> number(@Nullable String text) {
    return Optional.ofNullable(text)
        .filter(one -> one.matches("[1-9][0-9]{1,3}"))
        .map(Integer::parseInt);
  }

  // "rows columns"; shells seldom export COLUMNS.
  private static Optional<Integer> askTerminal() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(200, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return Optional.empty();
      }
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return number(size.strip().replaceFirst("^\\d+ ", ""));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
