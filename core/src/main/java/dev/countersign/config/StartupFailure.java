package dev.countersign.config;

/** What the agent does about a server that it cannot guard. That it is let through is no choice. */
public enum StartupFailure {
  /** The JVM stops. */
  EXIT,
  /** The server is not served, and the JVM goes on. */
  DENY
}
