package dev.countersign.doctor.cli;

import dev.countersign.doctor.check.CheckId;
import dev.countersign.doctor.check.Checks;
import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Site;
import dev.countersign.doctor.check.TokenVerdicts;
import dev.countersign.doctor.client.Client;
import dev.countersign.doctor.client.Replay;
import dev.countersign.doctor.login.Login;
import dev.countersign.doctor.report.Visit;
import dev.countersign.doctor.token.TokenVerdict;
import dev.countersign.doctor.wire.Caller;
import java.io.IOException;
import java.io.PrintWriter;
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
      "Examples:",
      "  doctor https://mcp.example.com/mcp                     all checks, all clients",
      "  doctor https://mcp.example.com/mcp --as-client codex   where this client stops, and why",
      "  doctor https://mcp.example.com/mcp --token-file - < t  what becomes of a token, and why",
      "  doctor config countersign.properties                   no server is needed for this",
      "",
      "Exit codes: 0 no error was found, 1 some client cannot log in or the token is refused, a"
          + " server that cannot be reached as well, 2 the doctor could not run.",
      "",
      "It sends at most 200 requests without side effects, one after the other, only to the server"
          + " and the authorization servers that it names, and follows no redirect."
    })
public final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "What users type into their client.")
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
  private Optional<String> sibling = Optional.empty();

  private final Clock clock = Clock.systemUTC();

  /** For the command line. */
  public DoctorCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    String text =
        url.orElseThrow(
            () -> new ParameterException(spec.commandLine(), "expected the URL of an MCP server"));
    URI target = target(text);
    Optional<Client> client = client();
    reports.requireDirectories();
    Caller.Watch progress = Progress.ofTerminal();
    try (Caller caller = new Caller(() -> Thread.sleep(20), ProxySelector.getDefault(), progress)) {
      Site site = new Site(target, caller, means(), clock);
      if (login) {
        return login(site, progress);
      }
      Visit visit = client.map(one -> asClient(one, site)).orElseGet(() -> whole(site));
      Progress.erase(progress);
      reports.write(visit, spec.commandLine().getOut());
      return visit.exitCode();
    } finally {
      Progress.erase(progress);
    }
  }

  private int login(Site site, Caller.Watch progress) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Login.Browser browser = LoginReport.browser(out);
    Login run =
        new Login(
            site,
            page -> {
              Progress.erase(progress);
              browser.open(page);
            });
    List<Login.Step> steps = run.run();
    Progress.erase(progress);
    return LoginReport.write(steps, out);
  }

  private Visit whole(Site site) {
    List<Finding> findings = Checks.run(site);
    boolean reached = findings.stream().noneMatch(one -> one.check() == CheckId.D01);
    List<Replay> clients =
        reached
            ? Stream.of(Client.values()).map(client -> Replay.of(client, site)).toList()
            : List.of();
    Optional<TokenVerdict> token = reached ? TokenVerdicts.of(site) : Optional.empty();
    return new Visit(
        site.url(),
        clock.instant(),
        findings,
        clients,
        site.asked(),
        Checks.platforms(site),
        token);
  }

  private Visit asClient(Client client, Site site) {
    Replay replay = Replay.of(client, site);
    return new Visit(site.url(), clock.instant(), List.of(), List.of(replay), site.asked());
  }

  private Optional<Client> client() {
    Optional<Client> client = asClient.flatMap(Client::of);
    if (asClient.isPresent() && client.isEmpty()) {
      String names =
          Stream.of(Client.values()).map(Client::title).collect(Collectors.joining(", "));
      throw new ParameterException(
          spec.commandLine(), "--as-client '" + asClient.get() + "' is unknown, expected " + names);
    }
    return client;
  }

  private Site.Means means() {
    return new Site.Means(token(), clientId, sibling.map(this::target));
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
          spec.commandLine(), "the token cannot be read: " + Errors.reason(e));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "the token cannot be used: " + e.getMessage());
    }
  }

  private URI target(String text) {
    try {
      return TargetUrl.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Runs the command line.
   *
   * @param arguments what was typed
   * @return the exit code
   */
  public static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(new DoctorCommand())
        .setParameterExceptionHandler(Errors::wrongArguments)
        .setExecutionExceptionHandler(Errors::failure);
  }
}
