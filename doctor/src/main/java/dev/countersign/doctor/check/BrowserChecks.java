package dev.countersign.doctor.check;

import static dev.countersign.doctor.check.Severity.ERROR;
import static dev.countersign.doctor.check.Severity.WARNING;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What pages in a browser need (Fetch section 3.3). */
final class BrowserChecks {

  private static final List<String> HOSTED =
      List.of("https://claude.ai", "https://chatgpt.com", "https://playground.ai.cloudflare.com");

  private static final List<String> REQUESTED =
      List.of("authorization", "content-type", "mcp-protocol-version", "mcp-session-id");

  private static final List<String> EXPOSED = List.of("www-authenticate", "mcp-session-id");

  private BrowserChecks() {}

  static List<Check> all() {
    return List.of(BrowserChecks::origins, BrowserChecks::preflight, BrowserChecks::refusals);
  }

  // Hosted clients cannot reach this machine anyway.
  private static List<Finding> origins(Site site) {
    List<String> refused =
        site.isOnLoopback()
            ? List.of()
            : HOSTED.stream()
                .filter(origin -> site.ask(from(site, origin)).status() == 403)
                .toList();
    if (refused.isEmpty()) {
      return List.of();
    }
    String message =
        "Pages of "
            + String.join(", ", refused)
            + " are refused. Browser clients there cannot connect; extend the list of origins, or"
            + " ignore this if it is intended.";
    return List.of(
        new Finding(CheckId.D35, WARNING, message)
            .seeing(Shown.whole(site.ask(from(site, refused.get(0))))));
  }

  private static Request from(Site site, String origin) {
    return Probe.INITIALIZE.to(site.url()).with("Origin", origin);
  }

  private static List<Finding> preflight(Site site) {
    String origin = allowed(site);
    Request request =
        Request.of("OPTIONS", site.url())
            .with("Origin", origin)
            .with("Access-Control-Request-Method", "POST")
            .with("Access-Control-Request-Headers", String.join(",", REQUESTED));
    Answer answer = site.ask(request);
    List<String> missing = new ArrayList<>();
    if (answer.status() < 200 || answer.status() > 299) {
      missing.add("a 2xx status, it was " + Shown.status(answer));
    }
    if (answer.value("access-control-allow-origin").isEmpty()) {
      missing.add("Access-Control-Allow-Origin");
    }
    Set<String> headers = tokens(answer, "access-control-allow-headers");
    REQUESTED.stream().filter(name -> !headers.contains(name)).forEach(missing::add);
    return missing.isEmpty()
        ? List.of()
        : List.of(
            new Finding(
                    CheckId.D33,
                    WARNING,
                    "The preflight of a POST from "
                        + origin
                        + " lacks "
                        + String.join(", ", missing)
                        + ". Pages in a browser cannot call the server.")
                .seeing(Shown.headForPages(answer))
                .hurting(List.of("MCP Inspector in direct mode", "web clients")));
  }

  private static List<Finding> refusals(Site site) {
    String origin = allowed(site);
    Answer answer = site.ask(from(site, origin));
    if (answer.status() != 401) {
      return List.of();
    }
    Set<String> exposed = tokens(answer, "access-control-expose-headers");
    boolean readable = answer.value("access-control-allow-origin").isPresent();
    String missing =
        EXPOSED.stream().filter(name -> !exposed.contains(name)).collect(Collectors.joining(", "));
    if (readable && missing.isEmpty()) {
      return List.of();
    }
    String message =
        readable
            ? "A page from " + origin + " cannot read " + missing + " of the 401."
            : "The 401 has no Access-Control-Allow-Origin: a page sees a network error.";
    return List.of(
        new Finding(CheckId.D33, readable ? WARNING : ERROR, message)
            .seeing(Shown.headForPages(answer)));
  }

  // The first hosted origin that is not refused, or the server's own.
  private static String allowed(Site site) {
    return Stream.concat(HOSTED.stream(), Stream.of(site.origin()))
        .filter(origin -> isTaken(site.ask(from(site, origin))))
        .findFirst()
        .orElse(site.origin());
  }

  // A connection that broke says nothing about an origin.
  private static boolean isTaken(Answer answer) {
    return answer instanceof Answer.Response response && response.status() != 403;
  }

  private static Set<String> tokens(Answer answer, String name) {
    return answer.values(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(value -> value.strip().toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
