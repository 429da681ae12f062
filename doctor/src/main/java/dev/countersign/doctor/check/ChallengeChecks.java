package dev.countersign.doctor.check;

import static dev.countersign.doctor.check.Severity.ERROR;
import static dev.countersign.doctor.check.Severity.INFO;
import static dev.countersign.doctor.check.Severity.WARNING;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Request;
import dev.countersign.http.Challenge;
import dev.countersign.http.ChallengeLint;
import dev.countersign.testkit.client.ClientParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code WWW-Authenticate} field of a 401. */
final class ChallengeChecks {

  // Long enough to be taken for a token, and good nowhere.
  private static final String GARBAGE = "countersign-doctor.garbage.token";

  private ChallengeChecks() {}

  static List<Check> all() {
    return List.of(
        LintCheck::look,
        ChallengeChecks::renamed,
        ChallengeChecks::pointerLeadsElsewhere,
        ChallengeChecks::differs,
        ChallengeChecks::badToken,
        ChallengeChecks::body,
        ChallengeChecks::clients);
  }

  private static List<Finding> renamed(Site site) {
    return site.probe(Probe.INITIALIZE) instanceof Answer.Response response
        ? response.fields().stream()
            .filter(field -> field.name().endsWith("www-authenticate"))
            .filter(field -> !field.name().equals("www-authenticate"))
            .filter(field -> !field.name().startsWith("access-control"))
            .map(
                field ->
                    new Finding(
                            CheckId.D37,
                            ERROR,
                            "A gateway renamed the challenge field to "
                                + field.name()
                                + ". Map it back to WWW-Authenticate.")
                        .seeing(field.name() + ": " + Shown.cut(field.value())))
            .toList()
        : List.of();
  }

  private static List<Finding> pointerLeadsElsewhere(Site site) {
    Optional<Document> found = site.pointer().flatMap(where -> Document.of(where, site.get(where)));
    return found.stream()
        .filter(document -> document.text("resource").isEmpty())
        .map(
            document -> {
              String what =
                  document.members().containsKey("issuer")
                      ? "authorization server metadata"
                      : "a document without resource";
              return new Finding(
                      CheckId.D18,
                      ERROR,
                      "resource_metadata points to "
                          + what
                          + ". It must point to protected resource metadata.")
                  .seeing(document.url())
                  .expecting(site.metadataUrl());
            })
        .toList();
  }

  private static List<Finding> differs(Site site) {
    List<Finding> findings = new ArrayList<>();
    Optional<Challenge> usual = site.bearer();
    if (usual.isEmpty()) {
      return findings;
    }
    for (Probe probe : Probe.values()) {
      Answer answer = site.probe(probe);
      if (answer.status() == 401) {
        Optional<Challenge> other = bearer(answer);
        usual.get().params().keySet().stream()
            .filter(
                name -> other.isEmpty() || !other.get().param(name).equals(usual.get().param(name)))
            .findFirst()
            .ifPresent(name -> findings.add(difference(probe, name, answer)));
      }
    }
    return findings;
  }

  private static Finding difference(Probe probe, String name, Answer answer) {
    return new Finding(
            CheckId.D07,
            WARNING,
            name
                + " of the challenge is missing or another one in the answer to "
                + probe.title()
                + ". A library or a proxy changes challenge parameters.")
        .seeing(Shown.head(answer));
  }

  private static Optional<Challenge> bearer(Answer answer) {
    return Site.bearer(answer.values("www-authenticate"));
  }

  private static List<Finding> badToken(Site site) {
    Request request = Probe.INITIALIZE.to(site.url()).with("Authorization", "Bearer " + GARBAGE);
    Answer answer = site.ask(request);
    if (answer.status() == 200) {
      return List.of(
          new Finding(
                  CheckId.D67,
                  ERROR,
                  "A garbage token was accepted. Either the endpoint is public or nobody verifies"
                      + " tokens.")
              .seeing(Shown.head(answer)));
    }
    if (answer.status() != 401) {
      return List.of(
          new Finding(
                  CheckId.D12,
                  WARNING,
                  "An invalid token is answered "
                      + Shown.status(answer)
                      + ". Clients cannot tell a token to refresh from an outage; answer 401 with"
                      + " error invalid_token.")
              .seeing(Shown.head(answer)));
    }
    // The other faults of the line are those of the challenge without a token.
    return LintCheck.ofField(
            site, ChallengeLint.withToken(site.origin()), answer.values("www-authenticate"))
        .stream()
        .filter(finding -> finding.check() == CheckId.D12)
        .toList();
  }

  private static List<Finding> body(Site site) {
    return site.unauthorized().stream()
        .flatMap(answer -> kind(answer).stream().map(kind -> bodyFinding(answer, kind)))
        .toList();
  }

  private static Finding bodyFinding(Answer answer, String kind) {
    return new Finding(
            CheckId.D54, WARNING, "The body of the 401 is " + kind + ". Send a short JSON object.")
        .seeing(Shown.whole(answer));
  }

  private static Optional<String> kind(Answer answer) {
    String body = answer.body();
    if (body.isBlank()) {
      return Optional.of("empty");
    }
    if (answer.isHtml()) {
      return Optional.of("a web page");
    }
    boolean trace =
        Stream.of("\tat ", "\\tat ", "Traceback (", "Exception:").anyMatch(body::contains);
    if (trace) {
      return Optional.of("a stack trace");
    }
    return Document.read(body).isPresent() ? Optional.empty() : Optional.of("no JSON object");
  }

  private static List<Finding> clients(Site site) {
    List<String> lines = site.challengeLines();
    Optional<Challenge> meant = site.bearer();
    if (meant.isEmpty()) {
      return List.of();
    }
    List<ClientParser> failing =
        Stream.of(ClientParser.values())
            .filter(parser -> !parser.understands(lines, meant.get()))
            .toList();
    if (failing.isEmpty()) {
      String message =
          "All " + ClientParser.values().length + " client parsers read the challenge.";
      return List.of(
          new Finding(CheckId.D59, INFO, message)
              .seeing(Shown.fieldLines("WWW-Authenticate", lines)));
    }
    String message =
        failing.size()
            + " of "
            + ClientParser.values().length
            + " client parsers misread the challenge: "
            + failing.stream()
                .map(
                    parser ->
                        parser.client()
                            + " "
                            + Misreading.of(parser, lines, meant.get()).orElse("misreads it"))
                .collect(Collectors.joining("; "))
            + ".";
    return List.of(
        new Finding(CheckId.D59, ERROR, message)
            .seeing(Shown.fieldLines("WWW-Authenticate", lines))
            .hurting(failing.stream().map(parser -> parser.client().toString()).toList()));
  }
}
