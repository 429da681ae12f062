package dev.countersign.doctor.cli;

import dev.countersign.doctor.login.Login;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A login at a terminal. */
final class LoginReport {

  private LoginReport() {}

  /** Prints the page, and opens it where there is a command for that. */
  static Login.Browser browser(PrintWriter out) {
    return page -> {
      out.println("Log in here (five minutes):");
      out.println();
      out.println("  " + page);
      out.println();
      out.flush();
      String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
      List<String> command =
          system.contains("mac")
              ? List.of("open", page.toString())
              : system.contains("windows")
                  ? List.of("rundll32", "url.dll,FileProtocolHandler", page.toString())
                  : List.of("xdg-open", page.toString());
      try {
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
      } catch (IOException e) {
        // The user opens it: the URL is printed.
      }
    };
  }

  static int write(List<Login.Step> steps, PrintWriter out) {
    for (Login.Step step : steps) {
      out.printf(
          "%-6s %-22s %6d ms  %s%n",
          step.good() ? "ok" : "FAILED", step.what(), step.taken().toMillis(), step.result());
    }
    out.flush();
    return steps.stream().allMatch(Login.Step::good) ? 0 : 1;
  }
}
