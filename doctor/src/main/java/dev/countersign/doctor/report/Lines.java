package dev.countersign.doctor.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Text on lines of a terminal, counted. Not thread-safe. */
final class Lines {

  private final PrintWriter out;
  private final int width;
  private int count;

  Lines(PrintWriter out, int width) {
    this.out = out;
    this.width = width;
  }

  /** A line as it is, however long. */
  void line(String text) {
    out.println(text);
    count++;
  }

  /** A paragraph that is broken where the terminal ends. */
  void paragraph(String indent, String text) {
    wrapped(text, width - indent.length()).forEach(line -> line(indent + line));
  }

  /** A name in a column of its own, and a paragraph beside it. */
  void entry(String indent, String name, int column, String text) {
    if (text.isEmpty()) {
      return;
    }
    List<String> lines = wrapped(text, Math.max(20, width - indent.length() - column));
    for (int at = 0; at < lines.size(); at++) {
      line(indent + pad(at == 0 ? name : "", column) + lines.get(at));
    }
  }

  int count() {
    return count;
  }

  private static String pad(String text, int column) {
    return text + " ".repeat(Math.max(1, column - text.length()));
  }

  static List<String> wrapped(String text, int room) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
