package dev.countersign.agent.runtime;

import dev.countersign.config.StartupFailure;
import java.io.PrintStream;

/** What happens when something cannot be guarded. Never that it is let through. */
enum FailureHandling {
  /** The JVM stops. */
  EXIT {
    @Override
    void handle(String message) {
      tell(message + "; the JVM stops (on-startup-failure=exit)");
      // Not exit: its hooks might wait for what is being loaded just now.
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  },
  /** It is not served, and the JVM goes on. */
  DENY {
    @Override
    void handle(String message) {
      tell(message + "; it is not served (on-startup-failure=deny)");
    }
  };

  /** The exit code of a JVM that could not be guarded. */
  static final int EXIT_CODE = 3;

  static FailureHandling of(StartupFailure failure) {
    return failure == StartupFailure.DENY ? DENY : EXIT;
  }

  /**
   * Tells, and does what this value says.
   *
   * @param message what cannot be guarded and why
   */
  abstract void handle(String message);

  // The application's logging may not stand yet.
  static void tell(String message) {
    PrintStream err = System.err;
    err.println("countersign: " + message);
    err.flush();
  }
}
