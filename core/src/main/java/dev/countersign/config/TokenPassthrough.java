package dev.countersign.config;

/**
 * What the agent does when the application sends an access token that a client has sent to it on to
 * another server, which MCP forbids.
 */
public enum TokenPassthrough {
  /** Nobody looks, and no class of an HTTP client is touched. */
  OFF,
  /** It is logged and counted, and sent. */
  REPORT,
  /** It is logged and counted, and not sent. */
  BLOCK
}
