package dev.countersign.config;

/** Which streams end with the access token that opened them, or when it is revoked. */
public enum EndStreams {
  /**
   * Those that only listen: the answer to a GET, and to {@code subscriptions/listen}. A client
   * opens them again with its next token.
   */
  LISTEN,
  /** Those of single calls as well, whose result is then lost. */
  ALL,
  /** None, a relaxation: a stream goes on for as long as the application likes. */
  NONE;

  static EndStreams parse(String value) {
    return switch (value) {
      case "listen" -> LISTEN;
      case "all" -> ALL;
      case "none" -> NONE;
      default -> throw new IllegalArgumentException("expected listen, all or none");
    };
  }
}
