package dev.countersign.config;

/** What the kit does with its decisions. */
public enum Mode {
  /** Tokens are validated, refusals are sent, metadata is served. */
  ENFORCE,
  /**
   * Every exchange is judged and recorded, and then admitted as if the kit were not there; metadata
   * is served. This protects nothing.
   */
  REPORT_ONLY
}
