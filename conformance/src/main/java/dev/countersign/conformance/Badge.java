package dev.countersign.conformance;

import dev.countersign.internal.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result on a badge: green if every rule that was tried is kept, yellow if every MUST is, red
 * otherwise. It never says more rules than were tried.
 */
public final class Badge {

  private static final String LABEL = "MCP authorization";

  // About the advance of a letter of 11 pixels; the text is stretched to it.
  private static final int ADVANCE = 7;
  private static final int MARGIN = 6;

  private final String message;
  private final String colour;

  private Badge(String message, String colour) {
    this.message = message;
    this.colour = colour;
  }

  /**
   * The badge of a report.
   *
   * @param report what came of the suite
   * @return its badge
   */
  public static Badge of(Report report) {
    String message =
        "MUST "
            + report.kept(Level.MUST)
            + "/"
            + report.tried(Level.MUST)
            + " SHOULD "
            + report.kept(Level.SHOULD)
            + "/"
            + report.tried(Level.SHOULD);
    if (!report.conforms()) {
      return new Badge(message, "#c0392b");
    }
    return new Badge(message, report.broken().isEmpty() ? "#2e7d32" : "#9a7d0a");
  }

  /**
   * An image, for a page that shows the file itself.
   *
   * @return an SVG document
   */
  public String svg() {
    int left = width(LABEL);
    int right = width(message);
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%2$s: %3$s">
      <title>%2$s: %3$s</title>
      <rect width="%1$d" height="20" rx="3" fill="#444"/>
      <path fill="%4$s" d="M%5$d 0h%6$da3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-%6$dz"/>
      <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
        <text x="%7$d" y="14" textLength="%8$d">%2$s</text>
        <text x="%9$d" y="14" textLength="%10$d">%3$s</text>
      </g>
    </svg>
    """
        .formatted(
            left + right,
            LABEL,
            message,
            colour,
            left,
            right - 3,
            MARGIN,
            left - 2 * MARGIN,
            left + MARGIN,
            right - 2 * MARGIN);
  }

  private static int width(String text) {
    return text.length() * ADVANCE + 2 * MARGIN;
  }

  /**
   * A document for a service that draws badges (shields.io, endpoint badge).
   *
   * @return a JSON object
   */
  public String json() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("schemaVersion", 1);
    members.put("label", LABEL);
    members.put("message", message);
    members.put("color", colour);
    return Json.write(members);
  }
}
