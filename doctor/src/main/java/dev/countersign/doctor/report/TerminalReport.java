package dev.countersign.doctor.report;

import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Platform;
import dev.countersign.doctor.check.Severity;
import dev.countersign.doctor.client.Replay;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The findings for somebody who sits at a terminal: the answer first. Immutable. */
public final class TerminalReport {

  private static final String INDENT = "      ";

  // Longer than most windows: then the answer has left it.
  private static final int A_SCREEN = 30;

  private final Style style;

  /**
   * How it is to look.
   *
   * @param colour whether the terminal shows colours
   * @param width how many characters fit on a line; less than 40 counts as 40
   * @param verbose whether notes are shown with everything that was seen, and every step of clients
   */
  public record Style(boolean colour, int width, boolean verbose) {

    /** Sees to a least width. */
    public Style {
      width = Math.max(40, width);
    }
  }

  /**
   * A report.
   *
   * @param style how it is to look
   */
  public TerminalReport(Style style) {
    this.style = style;
  }

  /**
   * Writes the answer, the findings, the worst first, and the clients.
   *
   * @param visit what was found
   * @param out where to
   */
  public void write(Visit visit, PrintWriter out) {
    Lines lines = new Lines(out, style.width());
    answer(visit, lines);
    for (Severity severity : Severity.values()) {
      visit.findings().stream()
          .filter(finding -> finding.severity() == severity)
          .forEach(finding -> write(finding, lines));
    }
    if (visit.isReached()) {
      clients(visit.clients(), lines);
    }
    visit.token().ifPresent(verdict -> new TokenReport(verdict, lines, style).write());
    if (lines.count() > A_SCREEN) {
      answer(visit, lines);
    }
    out.flush();
  }

  private void answer(Visit visit, Lines lines) {
    String verdict = Answers.verdict(visit);
    lines.paragraph(
        "",
        visit.url()
            + ": "
            + (visit.exitCode() > 0 ? paint(Severity.ERROR, verdict) : Paint.good(verdict, style)));
    String counts = visit.findings().isEmpty() && visit.clients().size() == 1 ? "" : counts(visit);
    lines.paragraph(INDENT, counts + requests(visit));
    if (!visit.platforms().isEmpty()) {
      lines.paragraph(
          INDENT,
          "looks like "
              + visit.platforms().stream()
                  .map(Platform.Seen::toString)
                  .collect(Collectors.joining(", ")));
    }
    lines.line("");
  }

  private static String counts(Visit visit) {
    return Answers.count(visit.count(Severity.ERROR), "error")
        + ", "
        + Answers.count(visit.count(Severity.WARNING), "warning")
        + ", "
        + Answers.count(visit.count(Severity.INFO), "note")
        + "; ";
  }

  private static String requests(Visit visit) {
    return Answers.count(visit.asked().size(), "request");
  }

  private void write(Finding finding, Lines lines) {
    lines.line(
        paint(finding.severity(), mark(finding.severity()))
            + " "
            + finding.check()
            + "  "
            + finding.check().title());
    lines.paragraph(INDENT, finding.message());
    if (finding.severity() != Severity.INFO || style.verbose()) {
      block("seen", finding.seen(), lines);
      block("expected", finding.expected(), lines);
    }
    if (!finding.clients().isEmpty()) {
      lines.entry(INDENT, "hurts:", 7, String.join(", ", finding.clients()));
    }
    finding.remedy().lines().forEach(line -> lines.entry(INDENT, "mend:", 7, line));
    lines.line("");
  }

  // What was sent is not broken into lines: somebody may copy it.
  private static void block(String name, String text, Lines lines) {
    if (!text.isEmpty()) {
      lines.line(INDENT + name + ":");
      text.lines().forEach(line -> lines.line(INDENT + "  " + line));
    }
  }

  private void clients(List<Replay> clients, Lines lines) {
    Map<String, List<String>> byEnd = new LinkedHashMap<>();
    clients.forEach(
        one ->
            byEnd
                .computeIfAbsent(one.stopped().orElse(""), any -> new ArrayList<>())
                .add(one.client().title()));
    List<String> reaching = byEnd.getOrDefault("", List.of());
    lines.line(
        "CLIENTS "
            + (clients.size() == 1
                ? clients.get(0).client().title()
                : reaching.size() + " of " + clients.size() + " reach the login"));
    if (!reaching.isEmpty() && clients.size() > 1) {
      lines.paragraph(INDENT, String.join(", ", reaching));
    }
    byEnd.forEach(
        (why, names) -> {
          if (!why.isEmpty()) {
            lines.entry(INDENT, "stops:", 7, why);
            lines.entry(INDENT, "", 7, clients.size() == 1 ? "" : String.join(", ", names));
          }
        });
    clients.forEach(one -> steps(one, clients.size() == 1, lines));
    lines.line("");
  }

  private void steps(Replay one, boolean alone, Lines lines) {
    if (alone || style.verbose()) {
      String name = alone ? "" : one.client().title() + ": ";
      one.steps().forEach(step -> lines.line(INDENT + name + step));
    }
  }

  private static String mark(Severity severity) {
    return switch (severity) {
      case ERROR -> "ERROR  ";
      case WARNING -> "WARNING";
      case INFO -> "NOTE   ";
    };
  }

  private String paint(Severity severity, String text) {
    return Paint.of(severity, text, style);
  }
}
