package dev.countersign.doctor.report;

import dev.countersign.doctor.check.Severity;

/** The colours of a terminal (ECMA-48 SGR): red, yellow, cyan and green, all bold. */
final class Paint {

  private static final String RESET = "\u001b[0m";

  private Paint() {}

  static String of(Severity severity, String text, TerminalReport.Style style) {
    String code =
        switch (severity) {
          case ERROR -> "31";
          case WARNING -> "33";
          case INFO -> "36";
        };
    return painted(code, text, style);
  }

  static String good(String text, TerminalReport.Style style) {
    return painted("32", text, style);
  }

  private static String painted(String code, String text, TerminalReport.Style style) {
    return style.colour() ? "\u001b[1;" + code + "m" + text + RESET : text;
  }
}
