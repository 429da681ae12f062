package dev.countersign.doctor.cli;

import dev.countersign.config.ConfigException;
import dev.countersign.config.Problem;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import dev.countersign.spi.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at a configuration of Countersign without a server. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Checks a configuration of Countersign without a server: every problem at once, what the"
            + " self-check would find, and what would be served and answered. System properties and"
            + " environment variables of Countersign count as they do for a server.",
    footer = {
      "",
      "Exit codes: 0 the configuration is good, 1 it has a problem or the self-check an error, 2 it"
          + " could not be read."
    })
final class ConfigCommand implements Callable<Integer> {

  // Kept, because loggers that nobody holds lose their level.
  private static final Logger LOG = Logger.getLogger("dev.countersign");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "A properties file with settings.")
  private Path file = Path.of("");

  @Option(
      names = "--online",
      description = "Also asks the authorization servers for metadata and keys, as at start.")
  private boolean online;

  @Option(
      names = {"-v", "--verbose"},
      description = "Shows every field of the answers.")
  private boolean verbose;

  /** For the command line. */
  ConfigCommand() {}

  @Override
  public Integer call() throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException(file + " is no file that can be read");
    }
    LOG.setLevel(Level.OFF);
    PrintWriter out = spec.commandLine().getOut();
    try {
      List<SettingSource> sources =
          SettingSource.all(SettingSource.of("argument", Map.of("config", file.toString())));
      ResourceServerConfig config = ResourceServerConfig.read(sources);
      List<Finding> findings = ConfigFindings.of(config, online);
      new ConfigReport(file.toString(), config, findings, out).write();
      new SampleAnswers(sources, verbose, out).write();
      out.flush();
      return findings.stream().anyMatch(one -> one.level() == Finding.Level.ERROR) ? 1 : 0;
    } catch (ConfigException e) {
      int count = e.problems().size();
      out.println(file + ": " + count + (count == 1 ? " problem" : " problems"));
      for (Problem problem : e.problems()) {
        out.println();
        out.println(problem);
      }
      out.flush();
      return 1;
    }
  }
}
