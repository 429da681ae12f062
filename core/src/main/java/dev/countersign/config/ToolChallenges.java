package dev.countersign.config;

/** In which form the call of a tool is told that it needs another token. */
public enum ToolChallenges {
  /** As the MCP specification says: the status and {@code WWW-Authenticate}. */
  HTTP,
  /**
   * As a result of the tool with {@code isError}, whose {@code _meta} has the challenges under
   * {@code mcp/www_authenticate}.
   */
  META,
  /** {@link #META} for ChatGPT, by its {@code User-Agent}; {@link #HTTP} for everybody else. */
  AUTO;

  static ToolChallenges parse(String value) {
    return switch (value) {
      case "http" -> HTTP;
      case "meta" -> META;
      case "auto" -> AUTO;
      default -> throw new IllegalArgumentException("expected http, meta or auto");
    };
  }
}
