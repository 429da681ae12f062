package dev.countersign.doctor.cli;

import dev.countersign.conformance.Badge;
import dev.countersign.conformance.Features;
import dev.countersign.conformance.JsonReport;
import dev.countersign.conformance.JunitReport;
import dev.countersign.conformance.Report;
import dev.countersign.conformance.Subject;
import dev.countersign.conformance.Suite;
import dev.countersign.testkit.FakeAuthorizationServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds a server to the requirements. */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Holds an MCP resource server, in whatever language, to the requirements that can be seen"
            + " from outside. It brings an authorization server whose tokens the server under test"
            + " has to trust.",
    footer = {
      "",
      "  doctor conformance http://localhost:8080/mcp --as-port 9000 --exec './start.sh'",
      "",
      "The command gets ISSUER, JWKS_URI, RESOURCE, INTROSPECTION_ENDPOINT, CLIENT_ID and"
          + " CLIENT_SECRET in its environment.",
      "Exit codes: 0 every MUST that could be tried is kept, 1 one is not, 2 nothing listens."
    })
final class ConformanceCommand implements Callable<Integer> {

  private static final String CLIENT = "conformance";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "URL", description = "Where the server is reached.")
  private URI url = URI.create("");

  @Option(
      names = "--as-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "The port of the authorization server on localhost; a free one by default.")
  private int port;

  @Option(
      names = "--resource",
      paramLabel = "URL",
      description = "The identifier that tokens are for, if it is not the URL.")
  private Optional<String> resource = Optional.empty();

  @Mixin private SubjectOptions options = new SubjectOptions();

  @Option(
      names = "--exec",
      paramLabel = "COMMAND",
      description = "Starts the server under test by a shell, and ends it afterwards.")
  private Optional<String> command = Optional.empty();

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "How long the server may take to listen, ${DEFAULT-VALUE}.")
  private int patience;

  @Option(names = "--all", description = "Lists the rules that are kept as well.")
  private boolean all;

  @Option(names = "--json", description = "Prints the report as JSON instead of text.")
  private boolean json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Writes a JUnit XML report as well, one test case for each rule.")
  private Optional<Path> junit = Optional.empty();

  @Option(
      names = "--badge",
      paramLabel = "FILE",
      description =
          "Draws the result as an SVG image as well; as JSON for a badge service if FILE ends with"
              + " .json.")
  private Optional<Path> badge = Optional.empty();

  /** For the command line. */
  ConformanceCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    String identifier = resource.orElse(url.toString());
    Features features = options.features();
    try (FakeAuthorizationServer server = FakeAuthorizationServer.onPort(port)) {
      PrintWriter first = json ? spec.commandLine().getErr() : out;
      first.println("issuer " + server.issuer() + ", resource " + identifier);
      first.flush();
      Optional<Process> started = start(server, identifier);
      try {
        if (!listens()) {
          spec.commandLine().getErr().println("nothing listens at " + url);
          return 2;
        }
        Report report = Suite.run(url.toString(), new Subject(url, server, identifier, features));
        write(report, out);
        return report.conforms() ? 0 : 1;
      } finally {
        if (started.isPresent()) {
          end(started.get());
        }
      }
    }
  }

  private void write(Report report, PrintWriter out) throws IOException {
    out.println(json ? JsonReport.of(report) : report.text(all));
    out.flush();
    if (junit.isPresent()) {
      Files.writeString(junit.get(), JunitReport.of(report));
    }
    if (badge.isPresent()) {
      Badge drawn = Badge.of(report);
      boolean forService = badge.get().toString().endsWith(".json");
      Files.writeString(badge.get(), forService ? drawn.json() : drawn.svg());
    }
  }

  private Optional<Process> start(FakeAuthorizationServer server, String identifier)
      throws IOException {
    if (command.isEmpty()) {
      return Optional.empty();
    }
    ProcessBuilder builder = new ProcessBuilder(List.of("/bin/sh", "-c", command.get()));
    // Of characters that no form and no shell has to encode.
    String secret = new BigInteger(256, new SecureRandom()).toString(36);
    server.introspection().demand(CLIENT, secret);
    builder
        .environment()
        .putAll(
            Map.of(
                "ISSUER",
                server.issuer(),
                "JWKS_URI",
                server.issuer() + "/keys",
                "RESOURCE",
                identifier,
                "INTROSPECTION_ENDPOINT",
                server.issuer() + "/introspect",
                "CLIENT_ID",
                CLIENT,
                "CLIENT_SECRET",
                secret));
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return Optional.of(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  private boolean listens() throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(patience));
    int target = url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    while (Instant.now().isBefore(end)) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(url.getHost(), target), 1000);
        return true;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
    return false;
  }

  private static void end(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
