package dev.countersign.doctor.check;

import static dev.countersign.doctor.check.Severity.ERROR;
import static dev.countersign.doctor.check.Severity.WARNING;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Request;
import dev.countersign.http.Challenge;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What the server does with the token that was given. Does nothing without one. */
final class TokenUseChecks {

  private static final String LIST =
      "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":{}}";

  private TokenUseChecks() {}

  static List<Check> all() {
    return Stream.<BiFunction<Site, String, List<Finding>>>of(
            TokenUseChecks::reaches,
            TokenUseChecks::inQuery,
            TokenUseChecks::unknownSession,
            TokenUseChecks::scope,
            TokenUseChecks::sibling)
        .map(TokenUseChecks::withToken)
        .toList();
  }

  private static Check withToken(BiFunction<Site, String, List<Finding>> check) {
    return site -> site.token().map(token -> check.apply(site, token)).orElse(List.of());
  }

  static Request initialize(Site site, String token) {
    return Probe.INITIALIZE.to(site.url()).with("Authorization", "Bearer " + token);
  }

  private static Optional<Challenge> bearer(Answer answer) {
    return Site.bearer(answer.values("www-authenticate"));
  }

  private static List<Finding> reaches(Site site, String token) {
    Answer answer = site.ask(initialize(site, token));
    boolean asIfNone =
        answer.status() == 401 && bearer(answer).flatMap(one -> one.param("error")).isEmpty();
    return asIfNone
        ? List.of(
            new Finding(
                    CheckId.D39,
                    ERROR,
                    "The server did not see the Authorization field, or does not say what is wrong"
                        + " with the token. A proxy or a gateway may remove the field.")
                .seeing(Shown.head(answer)))
        : List.of();
  }

  private static List<Finding> inQuery(Site site, String token) {
    Answer without = site.probe(Probe.INITIALIZE);
    String separator = site.url().getRawQuery() == null ? "?" : "&";
    URI url = URI.create(site.url() + separator + "access_token=" + token);
    Answer with = without.status() == 401 ? site.ask(Probe.INITIALIZE.to(url)) : without;
    return without.status() == 401 && with.status() == 200
        ? List.of(
            new Finding(
                    CheckId.D36,
                    ERROR,
                    "A token in the query was accepted. MCP forbids this; it leaks through logs.")
                .seeing("HTTP " + with.status()))
        : List.of();
  }

  private static List<Finding> unknownSession(Site site, String token) {
    Request request =
        Request.of("POST", site.url())
            .with("Accept", "application/json, text/event-stream")
            .with("Authorization", "Bearer " + token)
            .with("MCP-Protocol-Version", "2025-11-25")
            .with("Mcp-Session-Id", "countersign-doctor-no-such-session")
            .withBody("application/json", LIST);
    Answer answer = site.ask(request);
    boolean stateless = answer.status() == 200;
    return answer.status() == 404 || stateless || site.ask(initialize(site, token)).status() != 200
        ? List.of()
        : List.of(
            new Finding(
                    CheckId.D43,
                    WARNING,
                    "An unknown session is answered "
                        + Shown.status(answer)
                        + ". Clients begin a new session only on 404.")
                .seeing(Shown.whole(answer)));
  }

  private static List<Finding> sibling(Site site, String token) {
    return site.means().sibling().stream()
        .filter(
            other ->
                site.ask(Probe.INITIALIZE.to(other).with("Authorization", "Bearer " + token))
                        .status()
                    == 200)
        .filter(other -> site.ask(Probe.INITIALIZE.to(other)).status() == 401)
        .map(
            other ->
                new Finding(
                    CheckId.D55,
                    ERROR,
                    "The token for "
                        + site.url()
                        + " is accepted at "
                        + other
                        + ". Give each its own audience, and check it."))
        .toList();
  }

  private static List<Finding> scope(Site site, String token) {
    Answer answer = site.ask(initialize(site, token));
    if (answer.status() != 403) {
      return List.of();
    }
    List<String> missing = new ArrayList<>();
    for (String name : List.of("error", "scope", "resource_metadata")) {
      if (bearer(answer).flatMap(one -> one.param(name)).isEmpty()) {
        missing.add(name);
      }
    }
    return missing.isEmpty()
        ? List.of()
        : List.of(
            new Finding(
                    CheckId.D44,
                    WARNING,
                    "The 403 does not say which scope is missing, so clients cannot ask for more."
                        + " It lacks "
                        + String.join(", ", missing)
                        + ".")
                .seeing(Shown.whole(answer)));
  }
}
