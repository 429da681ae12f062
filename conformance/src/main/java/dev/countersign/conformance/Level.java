package dev.countersign.conformance;

/** How binding a rule is (RFC 2119). */
public enum Level {
  /** A specification demands it. */
  MUST,
  /** A specification recommends it, or widely used clients depend on it. */
  SHOULD
}
