package dev.countersign.it.agent;

/** What a test class can show of a server, if all of its tests pass. */
enum Sight {
  /** The contract of an attachment. */
  ENFORCES,
  /** The document, the challenge to a call without a token, and that one with a token gets in. */
  ENFORCES_BASICS,
  /** The application is told the user. */
  TELLS_USER,
  /** Calls over HTTP/2 are judged. */
  ENFORCES_HTTP2,
  /** Challenges of the application are put right. */
  REPAIRS,
  /** Those that leave over HTTP/2 too. */
  REPAIRS_HTTP2,
  /** An MCP server of an SDK or a framework is guarded, with its tools. */
  GUARDS_MCP
}
