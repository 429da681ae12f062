package dev.countersign.testkit;

/**
 * What a server can do that not every server can. A test of the contract that needs it is aborted,
 * visibly, without.
 */
public enum Capability {
  /** A body with {@code Content-Encoding: identity} can be read (RFC 9110 section 8.4.1). */
  IDENTITY_CODING,
  /** A client that waits for 100 is asked for a body that a decision needs. */
  CONTINUE,
  /** The server speaks HTTP/1.0. */
  HTTP_1_0,
  /** The server takes a header section of 64 KB. */
  LARGE_HEADERS,
  /** The value of a field reaches the engine as it was sent: a tab in it stays a tab. */
  EXACT_FIELDS,
  /** A CR or LF alone is refused, not taken for the end of a line. */
  LINE_BREAKS,
  /** The content coding of a request is left to the application, not taken off by the server. */
  CONTENT_CODINGS,
  /** The application is told the name of the user. */
  USER,
  /** A response can be written after the application has returned. */
  LATER,
  /** The attachment shows the head of a response, so that the session in it gets its owner. */
  SESSIONS,
  /** A stream can be ended from outside: the attachment does so, and counts it. */
  STREAM_END,
  /** The attachment can send the body of a response through a filter. */
  BODY_FILTER
}
