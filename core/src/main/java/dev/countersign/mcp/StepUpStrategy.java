package dev.countersign.mcp;

/**
 * Which scopes a challenge names when the access token has too few (MCP authorization, step-up).
 */
public enum StepUpStrategy {
  /**
   * {@link #OPERATION} for requests of a revision from 2026-07-28 on, whose clients add what they
   * are told to what they have; {@link #ACCUMULATE} for all others.
   */
  AUTO,
  /** What the operation needs. */
  OPERATION,
  /**
   * What the operation needs and, behind it, what the token has: for clients that replace their
   * scopes by those of the challenge.
   */
  ACCUMULATE,
  /** What the operation needs and, behind it, every configured group that has a part of it. */
  RELATED
}
