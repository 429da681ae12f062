package dev.countersign.doctor.cli;

import dev.countersign.doctor.check.Checks;
import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Site;
import dev.countersign.doctor.client.Client;
import dev.countersign.doctor.client.Replay;
import dev.countersign.doctor.login.Login;
import dev.countersign.doctor.report.Visit;
import dev.countersign.doctor.wire.Caller;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at a running MCP server. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    version = "countersign-doctor 0.1.0-SNAPSHOT",
    subcommands = {HeaderCommand.class, ConfigCommand.class, ConformanceCommand.class},
    sortOptions = false,
    description =
        "Says whether MCP clients can log in at a server, and what to change if they cannot.",
    footerHeading = "%n",
    footer = {
      "Exit codes: 0 nothing is wrong, 1 some client cannot log in, 2 the doctor could not run.",
      "It sends at most 200 requests without side effects, one after the other, only to the server"
          + " and the authorization servers that it names, and follows no redirect."
    })
public final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "The URL that users type into their client, https://mcp.example.com/mcp.")
  private Optional<String> url = Optional.empty();

  @Mixin private Reports reports = new Reports();

  @ArgGroup private @Nullable TokenSource tokenSource;

  @Option(
      names = "--login",
      description =
          "Logs in as a client does, in your browser, and calls tools/list; with --client-id as"
              + " that client.")
  private boolean login;

  @Option(
      names = "--as-client",
      paramLabel = "NAME",
      description =
          "Does only what this client does, and shows where it stops: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Clients.class)
  private Optional<String> asClient = Optional.empty();

  /** For the help text. */
  static final class Clients implements Iterable<String> {

    /** For the command line. */
    Clients() {}

    @Override
    public Iterator<String> iterator() {
      return Stream.of(Client.values()).map(Client::title).iterator();
    }
  }

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      description = "A client registered at the authorization server: asks it about the resource.")
  private Optional<String> clientId = Optional.empty();

  @Option(
      names = "--sibling",
      paramLabel = "URL",
      description = "Another MCP server, which must refuse the same token.")
  private Optional<URI> sibling = Optional.empty();

  private final Clock clock = Clock.systemUTC();

  /** For the command line. */
  public DoctorCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    String text =
        url.orElseThrow(
            () -> new ParameterException(spec.commandLine(), "expected the URL of an MCP server"));
    try (Caller caller = new Caller(() -> Thread.sleep(20), ProxySelector.getDefault())) {
      Site site = new Site(target(text), caller, means(), clock);
      if (login) {
        return LoginReport.write(
            new Login(site, LoginReport.browser(spec.commandLine().getOut())).run(),
            spec.commandLine().getOut());
      }
      Visit visit = asClient.isPresent() ? asClient(site, caller) : whole(site, caller);
      reports.write(visit, spec.commandLine().getOut());
      return visit.exitCode();
    }
  }

  private Visit whole(Site site, Caller caller) {
    List<Finding> findings = Checks.run(site);
    List<Replay> clients =
        Stream.of(Client.values()).map(client -> Replay.of(client, site)).toList();
    return new Visit(site.url(), clock.instant(), findings, clients, caller.asked());
  }

  private Visit asClient(Site site, Caller caller) {
    String names = Stream.of(Client.values()).map(Client::title).collect(Collectors.joining(", "));
    Client client =
        Client.of(asClient.orElse(""))
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "--as-client '" + asClient.orElse("") + "' is unknown, expected " + names));
    Replay replay = Replay.of(client, site);
    return new Visit(site.url(), clock.instant(), List.of(), List.of(replay), caller.asked());
  }

  private Site.Means means() {
    return new Site.Means(token(), clientId, sibling);
  }

  private Optional<String> token() {
    TokenSource source = tokenSource;
    if (source == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(source.read());
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "the token cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private URI target(String text) {
    try {
      URI target = URI.create(text);
      String scheme = String.valueOf(target.getScheme());
      if (target.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
        return target;
      }
    } catch (IllegalArgumentException e) {
      // The same sentence says what is expected.
    }
    throw new ParameterException(
        spec.commandLine(), "'" + text + "' is no URL, expected https://host/path");
  }

  /**
   * Runs the command line.
   *
   * @param arguments what was typed
   * @return the exit code
   */
  public static int run(String... arguments) {
    return new CommandLine(new DoctorCommand()).execute(arguments);
  }
}
