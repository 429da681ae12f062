package dev.countersign.doctor.check;

import static dev.countersign.doctor.check.Severity.ERROR;
import static dev.countersign.doctor.check.Severity.WARNING;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands before the server and answers in its place. */
final class EdgeChecks {

  private static final Set<Integer> BLOCKED = Set.of(403, 429, 503);

  private EdgeChecks() {}

  static List<Check> all() {
    return List.of(EdgeChecks::edge, EdgeChecks::forgery);
  }

  private static List<Finding> edge(Site site) {
    Answer answer = site.probe(Probe.INITIALIZE);
    Optional<String> name = edgeOf(answer);
    boolean blocked =
        BLOCKED.contains(answer.status())
            && (answer.isHtml() || answer.value("cf-mitigated").isPresent());
    if (name.isEmpty() || !blocked) {
      return List.of();
    }
    String message =
        "An edge service ("
            + name.get()
            + ") answered before your server. Hosted clients will be blocked; exempt "
            + (site.path().isEmpty() ? "/" : site.path())
            + " and /.well-known/, or allow their published address ranges.";
    return List.of(new Finding(CheckId.D42, ERROR, message).seeing(Shown.whole(answer)));
  }

  private static Optional<String> edgeOf(Answer answer) {
    String server = answer.value("server").orElse("").toLowerCase(Locale.ROOT);
    if (answer.value("cf-ray").isPresent() || server.contains("cloudflare")) {
      return Optional.of("Cloudflare");
    }
    if (answer.value("x-amz-cf-id").isPresent() || server.contains("cloudfront")) {
      return Optional.of("CloudFront");
    }
    if (server.contains("awselb") || answer.value("x-amzn-waf-action").isPresent()) {
      return Optional.of("AWS load balancer or WAF");
    }
    if (server.contains("akamai")) {
      return Optional.of("Akamai");
    }
    return server.contains("imperva") || answer.value("x-iinfo").isPresent()
        ? Optional.of("Imperva")
        : Optional.empty();
  }

  private static List<Finding> forgery(Site site) {
    Answer answer = site.probe(Probe.INITIALIZE);
    boolean marked =
        answer.body().toLowerCase(Locale.ROOT).contains("csrf")
            || answer.values("set-cookie").stream()
                .anyMatch(cookie -> cookie.contains("XSRF-TOKEN"));
    return answer.status() != 403 || !marked
        ? List.of()
        : List.of(
            new Finding(
                    CheckId.D34,
                    ERROR,
                    "POST is refused by CSRF protection before authentication. Exempt the MCP path:"
                        + " it takes no cookies.")
                .seeing(Shown.whole(answer)));
  }

  /** Once everything else has been asked: whether the server grew tired of it. */
  static List<Finding> rateLimit(Site site) {
    List<Finding> findings = new ArrayList<>();
    int asked = 0;
    for (Map.Entry<Request, Answer> one : site.asked().entrySet()) {
      if (one.getKey().url().getPath().contains("/.well-known/")) {
        asked++;
        if (one.getValue().status() == 429) {
          String message =
              "Discovery is rate limited after "
                  + asked
                  + " requests. Hosted clients share addresses; exempt metadata and keep the 401"
                  + " cheap.";
          findings.add(
              new Finding(CheckId.D28, WARNING, message)
                  .seeing(Shown.head(one.getValue()))
                  .hurting(List.of("claude.ai", "ChatGPT", "rmcp")));
          break;
        }
      }
    }
    return findings;
  }
}
