package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Pages in a browser, and what proxies and clients say about hosts (groups H and L). */
final class OriginRules {

  private static final String FOREIGN = "https://evil.example";

  private OriginRules() {}

  static List<Rule> all() {
    return List.of(
        must("H01", "a foreign Origin is refused for every method", OriginRules::everyMethod),
        must("H02", "a foreign Origin is refused", OriginRules::foreign),
        should("H03", "that refusal has no challenge", OriginRules::noChallenge),
        should("H04", "Origin null is foreign", origin("null")),
        should("H05", "an Origin is compared exactly", OriginRules::lookalikes),
        should("H06", "a foreign preflight is allowed nothing", OriginRules::foreignPreflight),
        should("H09", "OPTIONS that is no preflight needs a token", OriginRules::options),
        should("H10", "pages may send what clients send", Needs.page(OriginRules::allowed)),
        should("H11", "pages may read the challenge", Needs.page(OriginRules::exposed)),
        should("H12", "pages send no cookies", OriginRules::noCookies),
        should("L04", "no proxy field changes the challenge", OriginRules::forwarded),
        should("M20", "no Host changes the metadata", OriginRules::host));
  }

  static Outcome lists(RawResponse response, String field, String name) {
    boolean there =
        response.values(field).stream()
            .flatMap(line -> Arrays.stream(line.split(",")))
            .map(one -> one.strip().toLowerCase(Locale.ROOT))
            // Where no cookies are sent the wildcard stands for everything but Authorization.
            .anyMatch(
                one -> one.equals(name) || (one.equals("*") && !name.equals("authorization")));
    return Outcome.of(there, field + " does not list " + name);
  }

  private static Rule.Trial origin(String origin) {
    return subject -> Seen.status(subject.ask(subject.initialize().with("Origin", origin)), 403);
  }

  private static Outcome foreign(Subject subject) throws IOException {
    return origin(FOREIGN).run(subject);
  }

  private static Outcome everyMethod(Subject subject) throws IOException {
    Outcome outcome = new Outcome.Kept();
    for (String method : List.of("GET", "DELETE", "OPTIONS")) {
      RawRequest request = subject.request(method, subject.path()).with("Origin", FOREIGN);
      outcome = outcome.and(Seen.status(subject.ask(request), 403));
    }
    return outcome;
  }

  private static Outcome noChallenge(Subject subject) throws IOException {
    RawResponse response = subject.ask(subject.initialize().with("Origin", FOREIGN));
    return response.status() == 403
        ? Seen.noChallenge(response)
        : new Outcome.NotTried("a foreign Origin is not refused");
  }

  private static Outcome lookalikes(Subject subject) throws IOException {
    String own = subject.origin();
    URI uri = URI.create(own);
    String port = uri.getPort() == 65_535 ? ":65534" : ":65535";
    Outcome outcome = new Outcome.Kept();
    for (String origin :
        List.of(own + ".evil.example", uri.getScheme() + "://" + uri.getHost() + port)) {
      outcome = outcome.and(origin(origin).run(subject));
    }
    return outcome;
  }

  private static RawRequest preflight(Subject subject, String origin) {
    return subject
        .request("OPTIONS", subject.path())
        .with("Origin", origin)
        .with("Access-Control-Request-Method", "POST")
        .with(
            "Access-Control-Request-Headers",
            "authorization,content-type,mcp-protocol-version,mcp-session-id");
  }

  private static Outcome foreignPreflight(Subject subject) throws IOException {
    List<String> allowed =
        subject.ask(preflight(subject, FOREIGN)).values("Access-Control-Allow-Origin");
    return Outcome.of(
        !allowed.contains(FOREIGN) && !allowed.contains("*"),
        "Access-Control-Allow-Origin allows " + FOREIGN);
  }

  private static Outcome options(Subject subject) throws IOException {
    return Seen.status(subject.ask(subject.request("OPTIONS", subject.path())), 401);
  }

  private static Outcome allowed(Subject subject) throws IOException {
    RawResponse response = subject.ask(preflight(subject, subject.page()));
    Outcome outcome =
        Outcome.of(
            response.status() == 200 || response.status() == 204,
            "the status of a preflight is " + response.status());
    for (String name :
        List.of("authorization", "content-type", "mcp-protocol-version", "mcp-session-id")) {
      outcome = outcome.and(lists(response, "Access-Control-Allow-Headers", name));
    }
    return outcome;
  }

  private static Outcome exposed(Subject subject) throws IOException {
    RawResponse response = subject.ask(subject.initialize().with("Origin", subject.page()));
    List<String> allowed = response.values("Access-Control-Allow-Origin");
    return Seen.status(response, 401)
        .and(
            Outcome.of(
                allowed.equals(List.of("*")) || allowed.equals(List.of(subject.page())),
                "Access-Control-Allow-Origin is " + allowed))
        .and(lists(response, "Access-Control-Expose-Headers", "www-authenticate"));
  }

  private static Outcome noCookies(Subject subject) throws IOException {
    RawResponse response = subject.ask(subject.initialize().with("Origin", subject.origin()));
    return Outcome.of(
        !response.values("Access-Control-Allow-Credentials").contains("true"),
        "Access-Control-Allow-Credentials is true");
  }

  private static Outcome forwarded(Subject subject) throws IOException {
    RawRequest request =
        subject
            .initialize()
            .with("X-Forwarded-Host", "evil.example")
            .with("X-Forwarded-Proto", "https")
            .with("Forwarded", "host=evil.example;proto=https");
    String usual = Seen.value(subject.ask(subject.initialize()), "resource_metadata");
    return Outcome.of(
        Seen.value(subject.ask(request), "resource_metadata").equals(usual),
        "a field of a proxy that nobody trusts changes resource_metadata");
  }

  private static Outcome host(Subject subject) throws IOException {
    RawRequest request =
        subject.request("GET", subject.metadataPath()).without("Host").with("Host", "evil.example");
    RawResponse response = subject.ask(request);
    return Outcome.of(
        response.status() != 200 || !response.text().contains("evil.example"),
        "the metadata repeats the Host of the request");
  }
}
