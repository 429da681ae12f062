package dev.countersign.mcp;

import java.util.List;
import java.util.Optional;

/**
 * The revision of MCP that a request speaks, by its {@code MCP-Protocol-Version} field. Revisions
 * are dates, and compare as such. Immutable.
 *
 * @param date the revision, {@code 2026-07-28} for instance
 */
public record ProtocolRevision(String date) implements Comparable<ProtocolRevision> {

  /** The only revision with batches; a request that names no revision is taken for it. */
  public static final ProtocolRevision OF_BATCHES = new ProtocolRevision("2025-03-26");

  /** From this one on there are no sessions, and the fields have to agree with the body. */
  public static final ProtocolRevision STATELESS = new ProtocolRevision("2026-07-28");

  private static final String DATE = "dddd-dd-dd";

  /**
   * The revision that a request speaks.
   *
   * @param lines every line of its {@code MCP-Protocol-Version} field
   * @return {@link #OF_BATCHES} if there is no line; empty if there is more than one, or no date
   */
  public static Optional<ProtocolRevision> of(List<String> lines) {
    if (lines.isEmpty()) {
      return Optional.of(OF_BATCHES);
    }
    String line = lines.get(0).strip();
    return lines.size() == 1 && isDate(line)
        ? Optional.of(new ProtocolRevision(line))
        : Optional.empty();
  }

  // Every request has one, so without a pattern.
  private static boolean isDate(String text) {
    boolean date = text.length() == DATE.length();
    for (int i = 0; date && i < DATE.length(); i++) {
      char c = text.charAt(i);
      date = DATE.charAt(i) == 'd' ? c >= '0' && c <= '9' : c == '-';
    }
    return date;
  }

  /**
   * Whether requests of this revision belong to no session and repeat method and name as fields.
   *
   * @return true from {@link #STATELESS} on
   */
  public boolean isStateless() {
    return compareTo(STATELESS) >= 0;
  }

  @Override
  public int compareTo(ProtocolRevision other) {
    return date.compareTo(other.date);
  }
}
