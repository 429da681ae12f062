package dev.countersign.doctor.cli;

import dev.countersign.doctor.wire.Caller;
import dev.countersign.doctor.wire.Request;
import java.io.PrintStream;
import java.net.URI;

/**
 * One line about what is being asked, for somebody who waits; gone when the work is done. Needs
 * nothing of the terminal but that it goes back at a carriage return. Not thread-safe.
 */
final class Progress implements Caller.Watch {

  private final PrintStream terminal;
  private final int width;
  private int shown;

  /** A line of at most so many characters. */
  Progress(PrintStream terminal, int width) {
    this.terminal = terminal;
    this.width = width - 1;
  }

  /** On a terminal, or nothing. */
  static Caller.Watch ofTerminal() {
    return Terminal.canRewriteLines() ? new Progress(System.err, Terminal.width()) : NOTHING;
  }

  static final Caller.Watch NOTHING = (request, before) -> {};

  /** Takes the line of a watch away. */
  static void erase(Caller.Watch watch) {
    if (watch instanceof Progress progress) {
      progress.show("");
      progress.terminal.print('\r');
      progress.terminal.flush();
      progress.shown = 0;
    }
  }

  @Override
  public void asking(Request request, int before) {
    show(
        before
            + (before == 1 ? " request, asking " : " requests, asking ")
            + request.method()
            + " "
            + where(request.url()));
  }

  // Without the query, in which a token may be.
  private static String where(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return url.getRawAuthority() + path;
  }

  private void show(String text) {
    String line = text.length() > width ? text.substring(0, width - 1) + "…" : text;
    int blanks = Math.max(0, shown - line.length());
    terminal.print("\r" + line + " ".repeat(blanks));
    terminal.flush();
    shown = line.length();
  }
}
