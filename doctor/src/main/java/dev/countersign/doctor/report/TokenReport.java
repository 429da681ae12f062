package dev.countersign.doctor.report;

import dev.countersign.doctor.check.Severity;
import dev.countersign.doctor.token.TokenVerdict;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What would become of a token, for somebody who sits at a terminal. Immutable.
 *
 * @param verdict what would
 * @param lines where to
 * @param style how it is to look
 */
record TokenReport(TokenVerdict verdict, Lines lines, TerminalReport.Style style) {

  private static final String INDENT = "      ";

  void write() {
    lines.line(heading());
    lines.paragraph(INDENT, verdict.reason());
    if (!verdict.profile().isEmpty()) {
      lines.entry(INDENT, "fits:", 7, "profile " + verdict.profile());
    }
    if (!verdict.settings().isEmpty()) {
      lines.line(
          INDENT
              + (verdict.kind() == TokenVerdict.Kind.NOT_JUDGED
                  ? "needs these settings of Countersign:"
                  : "accepted with these settings of Countersign:"));
      verdict.settings().forEach(setting -> lines.line(INDENT + "  " + setting));
    }
    verdict.notes().forEach(note -> lines.entry(INDENT, "note:", 7, note));
    if (!verdict.profiles().isEmpty()) {
      profiles();
    }
    lines.line("");
  }

  private String heading() {
    String countersign = Answers.ofToken(verdict);
    String painted =
        switch (verdict.kind()) {
          case ACCEPTED -> Paint.good(countersign, style);
          case MENDABLE, REFUSED -> Paint.of(Severity.ERROR, countersign, style);
          case NOT_JUDGED -> Paint.of(Severity.INFO, countersign, style);
        };
    return "TOKEN   "
        + painted
        + (verdict.status() == 0 ? "" : "; this server answers " + verdict.status());
  }

  private void profiles() {
    if (style.verbose()) {
      verdict.profiles().forEach((name, what) -> lines.entry(INDENT, name, 30, what));
      return;
    }
    String accepting =
        verdict.profiles().entrySet().stream()
            .filter(one -> one.getValue().startsWith("accepts"))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    lines.entry(
        INDENT,
        "tried:",
        7,
        verdict.profiles().size()
            + " profiles, "
            + (accepting.isEmpty() ? "none accepts it" : "accepted by " + accepting)
            + " (--verbose tells why)");
  }
}
