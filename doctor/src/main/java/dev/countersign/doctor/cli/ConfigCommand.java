package dev.countersign.doctor.cli;

import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigException;
import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at a configuration of Countersign without a server. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Checks a configuration of Countersign, and shows what it serves and answers.")
final class ConfigCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "A properties file with settings.")
  private Path file = Path.of("");

  /** For the command line. */
  ConfigCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ResourceServerConfig config;
    try {
      config =
          ResourceServerConfig.read(
              SettingSource.all(SettingSource.of("argument", Map.of("config", file.toString()))));
    } catch (ConfigException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
    out.println(config);
    config.advice().forEach(line -> out.println("advice: " + line));
    try (ResourceServer server = ResourceServer.create(config)) {
      for (ProtectedResource resource : config.resources()) {
        for (String path : paths(resource)) {
          out.println();
          out.println("GET " + path);
          out.println(shown(Dry.answer(server, path)));
        }
      }
    }
    out.flush();
    return 0;
  }

  private static List<String> paths(ProtectedResource resource) {
    String origin = resource.identifier().origin();
    return Stream.of(resource.identifier().toString(), resource.identifier().metadataUrl())
        .map(url -> url.substring(origin.length()))
        .map(path -> path.isEmpty() ? "/" : path)
        .toList();
  }

  private static String shown(Response response) {
    return "HTTP "
        + response.status()
        + response.fields().stream()
            .map((FieldLine line) -> "\n" + line.name() + ": " + line.value())
            .collect(Collectors.joining())
        + "\n\n"
        + response.body();
  }
}
