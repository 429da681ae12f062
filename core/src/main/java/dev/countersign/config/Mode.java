package dev.countersign.config;

/** What the kit does with its decisions. */
public enum Mode {
  /** Tokens are validated, refusals are sent, metadata is served. */
  ENFORCE,
  /**
   * The application judges its tokens itself. Metadata is served, and what is wrong with the
   * application's challenges is put right on their way out; nothing is refused or admitted.
   */
  REPAIR,
  /**
   * Every exchange is judged and recorded, and then admitted as if the kit were not there; metadata
   * is served; what would have been put right is recorded as well. This protects nothing.
   */
  REPORT_ONLY
}
