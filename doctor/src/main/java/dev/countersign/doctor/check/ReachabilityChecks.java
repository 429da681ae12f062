package dev.countersign.doctor.check;

import static dev.countersign.doctor.check.Severity.ERROR;
import static dev.countersign.doctor.check.Severity.INFO;

import dev.countersign.doctor.wire.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether and how the endpoint answers. */
final class ReachabilityChecks {

  private ReachabilityChecks() {}

  static List<Check> all() {
    return List.of(
        ReachabilityChecks::reachable,
        ReachabilityChecks::initializeNeedsToken,
        ReachabilityChecks::failureInsideOk,
        ReachabilityChecks::uniform,
        ReachabilityChecks::redirects);
  }

  private static List<Finding> reachable(Site site) {
    Answer answer = site.probe(Probe.INITIALIZE);
    if (!(answer instanceof Answer.Unreachable unreachable)) {
      return List.of();
    }
    String message =
        "Cannot reach "
            + site.url()
            + ": "
            + unreachable.cause()
            + ". Hosted clients connect from the internet; private hosts work only with local"
            + " clients.";
    return List.of(new Finding(CheckId.D01, ERROR, message));
  }

  private static List<Finding> initializeNeedsToken(Site site) {
    Answer answer = site.probe(Probe.INITIALIZE);
    if (answer.status() != 200 || saysUnauthorized(answer)) {
      return List.of();
    }
    String message =
        "This endpoint answers initialize without a token. Clients that log in only on a 401 will"
            + " never start OAuth. If that is intended, only some tools should need a token.";
    return List.of(new Finding(CheckId.D02, INFO, message).seeing(Shown.head(answer)));
  }

  private static List<Finding> failureInsideOk(Site site) {
    Answer answer = site.probe(Probe.INITIALIZE);
    if (answer.status() != 200 || !saysUnauthorized(answer)) {
      return List.of();
    }
    String message =
        "The failed authentication is reported inside HTTP 200. No client reads a challenge there;"
            + " answer 401.";
    return List.of(new Finding(CheckId.D03, ERROR, message).seeing(Shown.whole(answer)));
  }

  private static boolean saysUnauthorized(Answer answer) {
    String body = answer.body().toLowerCase(Locale.ROOT);
    return body.contains("\"error\"")
        && Stream.of("unauthorized", "unauthenticated", "authentication", "access token", "401")
            .anyMatch(body::contains);
  }

  private static List<Finding> uniform(Site site) {
    List<Finding> findings = new ArrayList<>();
    if (site.unauthorized().isEmpty()) {
      return findings;
    }
    for (Probe probe : Probe.values()) {
      Answer answer = site.probe(probe);
      if (answer.status() != 401 && !answer.isRedirect()) {
        String message =
            probe.title()
                + " is answered "
                + Shown.status(answer)
                + " instead of 401. Clients probe this way and will not see the challenge."
                + " Authenticate before checking method, media type or body.";
        findings.add(new Finding(CheckId.D32, ERROR, message).seeing(Shown.head(answer)));
      }
    }
    return findings;
  }

  private static List<Finding> redirects(Site site) {
    return Stream.concat(
            Stream.of(Probe.values()).map(probe -> probe.to(site.url())),
            Stream.of(site.metadataUrl(), site.rootMetadataUrl()).map(Site::documentRequest))
        .filter(request -> site.ask(request).isRedirect())
        .map(
            request -> {
              Answer answer = site.ask(request);
              String message =
                  request.method()
                      + " "
                      + request.url()
                      + " redirects to "
                      + answer.value("location").orElse("nowhere")
                      + ". Clients drop the body, the token or the whole flow on redirects; serve"
                      + " the answer in place.";
              return new Finding(CheckId.D20, ERROR, message).seeing(Shown.head(answer));
            })
        .collect(Collectors.toList());
  }
}
