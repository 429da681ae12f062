package dev.countersign.doctor.report;

import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Severity;
import dev.countersign.doctor.client.Replay;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The findings for somebody who sits at a terminal. Immutable. */
public final class TerminalReport {

  private static final String RESET = "\u001b[0m";

  private final boolean colour;
  private final int width;

  /**
   * A report.
   *
   * @param colour whether the terminal shows colours
   * @param width how many characters fit on a line, at least 40
   */
  public TerminalReport(boolean colour, int width) {
    this.colour = colour;
    this.width = Math.max(40, width);
  }

  /**
   * Writes the findings, the worst first, and a line that sums them up.
   *
   * @param visit what was found
   * @param out where to
   */
  public void write(Visit visit, PrintWriter out) {
    for (Severity severity : Severity.values()) {
      visit.findings().stream()
          .filter(finding -> finding.severity() == severity)
          .forEach(finding -> write(finding, out));
    }
    clients(visit.clients(), out);
    out.println(summary(visit));
    out.flush();
  }

  private void clients(List<Replay> clients, PrintWriter out) {
    for (Replay replay : clients) {
      String reached = replay.stopped().map(why -> "stops: " + why).orElse("reaches the login");
      out.printf("  %-17s %s%n", replay.client().title(), reached);
      if (clients.size() == 1) {
        replay.steps().forEach(step -> out.println("      " + step));
      }
    }
    out.println();
  }

  private void write(Finding finding, PrintWriter out) {
    out.println(
        paint(finding.severity(), mark(finding.severity()))
            + " "
            + finding.check()
            + "  "
            + finding.check().title());
    wrapped(finding.message()).forEach(line -> out.println("      " + line));
    block("seen", finding.seen(), out);
    block("expected", finding.expected(), out);
    block("hurts", String.join(", ", finding.clients()), out);
    block("mend", finding.remedy(), out);
    out.println();
  }

  private void block(String name, String text, PrintWriter out) {
    if (!text.isEmpty()) {
      out.println("      " + name + ":");
      text.lines().forEach(line -> out.println("        " + line));
    }
  }

  private String summary(Visit visit) {
    long errors = visit.count(Severity.ERROR);
    String verdict =
        errors > 0
            ? paint(Severity.ERROR, "some clients cannot log in")
            : "clients can log in, as far as can be seen from outside";
    return visit.url()
        + ": "
        + verdict
        + " ("
        + errors
        + " errors, "
        + visit.count(Severity.WARNING)
        + " warnings, "
        + visit.count(Severity.INFO)
        + " notes; "
        + visit.asked().size()
        + " requests)";
  }

  private String mark(Severity severity) {
    return switch (severity) {
      case ERROR -> "ERROR  ";
      case WARNING -> "WARNING";
      case INFO -> "NOTE   ";
    };
  }

  private String paint(Severity severity, String text) {
    if (!colour) {
      return text;
    }
    String code =
        switch (severity) {
          case ERROR -> "\u001b[1;31m";
          case WARNING -> "\u001b[1;33m";
          case INFO -> "\u001b[1;36m";
        };
    return code + text + RESET;
  }

  private List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + word.length() + 7 > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
