package dev.countersign.doctor.cli;

import dev.countersign.doctor.check.Misreading;
import dev.countersign.doctor.check.Site;
import dev.countersign.http.Challenge;
import dev.countersign.http.ChallengeLint;
import dev.countersign.http.Finding;
import dev.countersign.http.LintCode;
import dev.countersign.http.McpClient;
import dev.countersign.testkit.client.ClientParser;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at a challenge without a server. */
@Command(
    name = "header",
    mixinStandardHelpOptions = true,
    description = "Checks WWW-Authenticate lines given here, and shows what each client reads.",
    footer = {"", "  doctor header 'Bearer scope=\"mcp:read\"' --origin https://mcp.example.com"})
final class HeaderCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "LINE",
      description = "The value of each WWW-Authenticate line, in their order.")
  private List<String> lines = List.of();

  @Option(
      names = "--origin",
      paramLabel = "URL",
      defaultValue = "https://mcp.example.com",
      description = "Where the server is, ${DEFAULT-VALUE} if it does not matter.")
  private String origin = "";

  @Option(
      names = "--with-token",
      description = "The line answers a request that had a token, so it needs an error.")
  private boolean withToken;

  /** For the command line. */
  HeaderCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Finding> findings = lint().check(lines);
    boolean failing =
        findings.stream().anyMatch(finding -> finding.code().level() == LintCode.Level.ERROR);
    out.println(failing ? "Some client cannot read this." : "Every client can read this.");
    findings.forEach(finding -> out.println("  " + shown(finding)));
    Site.bearer(lines).ifPresent(challenge -> clients(challenge, out));
    out.flush();
    return failing ? 1 : 0;
  }

  private ChallengeLint lint() {
    try {
      return withToken ? ChallengeLint.withToken(origin) : ChallengeLint.withoutToken(origin);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--origin '" + origin + "' is no URL, expected https://host");
    }
  }

  private static String shown(Finding finding) {
    String clients =
        finding.code().hurts().stream().map(McpClient::toString).collect(Collectors.joining(", "));
    return finding.code().level()
        + " "
        + finding.code()
        + " "
        + finding
        + (clients.isEmpty() ? "" : " [" + clients + "]");
  }

  private void clients(Challenge meant, PrintWriter out) {
    out.println();
    for (ClientParser parser : ClientParser.values()) {
      out.println(
          String.format(
              "  %-20s %s", parser.client(), Misreading.of(parser, lines, meant).orElse("ok")));
    }
  }
}
