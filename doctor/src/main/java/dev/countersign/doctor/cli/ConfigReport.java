package dev.countersign.doctor.cli;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.spi.Finding;
import dev.countersign.token.TrustedIssuer;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A configuration in a few lines: the answer, then what to know.
 *
 * @param name how the user calls it
 * @param config the configuration
 * @param findings what the self-check has found
 * @param out where to
 */
record ConfigReport(
    String name, ResourceServerConfig config, List<Finding> findings, PrintWriter out) {

  void write() {
    boolean bad = findings.stream().anyMatch(one -> one.level() == Finding.Level.ERROR);
    out.println(
        name + ": " + (bad ? "can be read, but does not work" : "the configuration is good"));
    out.println("  mode       " + config.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    list("resources", config.resources().stream().map(ProtectedResource::identifier).toList());
    list("issuers", config.issuers().stream().map(TrustedIssuer::issuer).toList());
    list("relaxes", config.relaxations());
    findings.forEach(one -> out.println("  " + level(one.level()) + " " + one));
    config.advice().forEach(line -> out.println("  ADVICE     " + line));
  }

  private void list(String what, List<?> values) {
    String all =
        values.stream().map(Object::toString).collect(Collectors.joining("\n             "));
    out.println("  " + String.format("%-10s", what) + " " + (all.isEmpty() ? "nothing" : all));
  }

  private static String level(Finding.Level level) {
    return switch (level) {
      case ERROR -> "ERROR     ";
      case WARNING -> "WARNING   ";
      case INFO -> "NOTE      ";
    };
  }
}
