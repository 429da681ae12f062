package dev.countersign.doctor.check;

import static dev.countersign.doctor.check.Severity.ERROR;
import static dev.countersign.doctor.check.Severity.INFO;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            + "."
            + (site.isOnLoopback()
                ? " Hosted clients connect from the internet; private hosts work only with local"
                    + " clients."
                : "");
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
    if (site.unauthorized().isEmpty()) {
      return nowhere(site);
    }
    Map<String, List<Probe>> others = new LinkedHashMap<>();
    for (Probe probe : Probe.values()) {
      Answer answer = site.probe(probe);
      if (answer.status() != 401 && !answer.isRedirect()) {
        others.computeIfAbsent(Shown.status(answer), any -> new ArrayList<>()).add(probe);
      }
    }
    return others.entrySet().stream()
        .map(
            one -> {
              String message =
                  titles(one.getValue())
                      + (one.getValue().size() == 1 ? " is answered " : " are answered ")
                      + one.getKey()
                      + " instead of 401. Clients probe this way and will not see the challenge."
                      + " Authenticate before checking method, media type or body.";
              return new Finding(CheckId.D32, ERROR, message)
                  .seeing(Shown.head(site.probe(one.getValue().get(0))));
            })
        .toList();
  }

  private static String titles(List<Probe> probes) {
    return probes.stream().map(Probe::title).collect(Collectors.joining(", "));
  }

  // No probe is answered 401; what is open or redirects is told elsewhere.
  private static List<Finding> nowhere(Site site) {
    Answer answer = site.probe(Probe.INITIALIZE);
    if (answer.status() < 400) {
      return List.of();
    }
    String why =
        answer.status() == 404
            ? "Is this the path of the MCP endpoint, /mcp for instance?"
            : answer.status() >= 500
                ? "The server fails before it asks for a token."
                : "Something stands before authentication, or this is no MCP endpoint.";
    String message = "No probe is answered 401; initialize gets " + answer.status() + ". " + why;
    return List.of(new Finding(CheckId.D32, ERROR, message).seeing(Shown.whole(answer)));
  }

  private static List<Finding> redirects(Site site) {
    Map<String, List<Request>> byTarget = new LinkedHashMap<>();
    Stream.concat(
            Stream.of(Probe.values()).map(probe -> probe.to(site.url())),
            Stream.of(site.metadataUrl(), site.rootMetadataUrl()).map(Site::documentRequest))
        .filter(request -> site.ask(request).isRedirect())
        .forEach(
            request ->
                byTarget
                    .computeIfAbsent(
                        site.ask(request).value("location").orElse("nowhere"),
                        any -> new ArrayList<>())
                    .add(request));
    return byTarget.entrySet().stream()
        .map(one -> redirect(one.getKey(), one.getValue(), site))
        .toList();
  }

  private static Finding redirect(String target, List<Request> requests, Site site) {
    String what =
        requests.stream()
            .map(request -> request.method() + " " + request.url())
            .distinct()
            .collect(Collectors.joining(", "));
    String message =
        what
            + (requests.size() == 1 ? " redirects to " : " redirect to ")
            + Shown.cut(target)
            + ". Clients drop the body, the token or the whole flow on redirects; serve the answer"
            + " in place.";
    return new Finding(CheckId.D20, ERROR, message).seeing(Shown.head(site.ask(requests.get(0))));
  }
}
