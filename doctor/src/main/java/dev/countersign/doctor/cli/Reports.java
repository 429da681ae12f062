package dev.countersign.doctor.cli;

import dev.countersign.doctor.report.HtmlReport;
import dev.countersign.doctor.report.JsonReport;
import dev.countersign.doctor.report.JunitReport;
import dev.countersign.doctor.report.SarifReport;
import dev.countersign.doctor.report.TerminalReport;
import dev.countersign.doctor.report.Visit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where the findings go, and in which form. */
final class Reports {

  @Option(names = "--json", description = "Prints the findings as JSON instead of text.")
  private boolean json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Writes a JUnit XML report as well, one test case for each check.")
  private Optional<Path> junit = Optional.empty();

  @Option(
      names = "--sarif",
      paramLabel = "FILE",
      description = "Writes a SARIF 2.1.0 log as well, for code hosts.")
  private Optional<Path> sarif = Optional.empty();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes a page for a browser as well, which needs no network.")
  private Optional<Path> html = Optional.empty();

  @Option(
      names = {"-v", "--verbose"},
      description = "Shows everything that was seen, each step of each client, each profile.")
  private boolean verbose;

  /** For the command line. */
  Reports() {}

  /** Sees to it that nobody waits for a report that cannot be written in the end. */
  void requireDirectories() throws IOException {
    for (Path file : Stream.of(junit, sarif, html).flatMap(Optional::stream).toList()) {
      Path directory = file.toAbsolutePath().getParent();
      if (directory == null || !Files.isDirectory(directory)) {
        throw new IOException(file + " cannot be written: there is no such directory");
      }
    }
  }

  void write(Visit visit, PrintWriter out) throws IOException {
    if (json) {
      out.println(JsonReport.of(visit));
      out.flush();
    } else {
      new TerminalReport(new TerminalReport.Style(Terminal.hasColour(), Terminal.width(), verbose))
          .write(visit, out);
    }
    write(html, HtmlReport.of(visit));
    write(junit, JunitReport.of(visit));
    write(sarif, SarifReport.of(visit));
  }

  private static void write(Optional<Path> file, String text) throws IOException {
    if (file.isPresent()) {
      Files.writeString(file.get(), text);
    }
  }
}
