package dev.countersign.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code src/test/resources/vectors}: one case a line, columns separated by {@code ##}. */
final class Vectors {

  private static final Pattern HEX = Pattern.compile("\\{([0-9A-F]{2})}");

  private Vectors() {}

  /** The columns of every case, the last one being the reason. */
  static List<String[]> read(String file, int columns) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> columns(file, line, columns))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String[] columns(String file, String line, int columns) {
    String[] cells = line.split(" ## ", -1);
    if (cells.length != columns) {
      throw new IllegalStateException(file + ": expected " + columns + " columns in " + line);
    }
    return cells;
  }

  /** The field lines that a cell stands for. */
  static List<String> fieldLines(String cell) {
    return List.of(unescaped(cell).split("\\{//}", -1));
  }

  /** The cell with every {@code {XX}} replaced by the character it stands for. */
  static String unescaped(String cell) {
    return HEX.matcher(cell)
        .replaceAll(
            match -> {
              char c = (char) Integer.parseInt(match.group(1), 16);
              return java.util.regex.Matcher.quoteReplacement(String.valueOf(c));
            });
  }

  /** Challenges in canonical form, as the vectors write them. */
  static String canonical(List<Challenge> challenges) {
    return String.join(" + ", challenges.stream().map(Challenge::toString).toList());
  }
}
