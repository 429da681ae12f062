package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.util.List;

/** Which status and error a refusal has (group S). */
final class StatusRules {

  private static final List<String> SCHEMES =
      List.of("Basic dXNlcjpwYXNz", "Digest username=\"x\"", "Negotiate abcd");

  private StatusRules() {}

  static List<Rule> all() {
    return List.of(
        must("S01", "no token: 401", subject -> anonymous(subject, 401)),
        should("S02", "no token: no error", StatusRules::noError),
        should("S03", "another scheme counts as no token", StatusRules::otherSchemes),
        should("S04", "an empty Authorization counts as no token", StatusRules::emptyField),
        must("S05", "a bad token: 401", StatusRules::badToken),
        should("S06", "a bad token: invalid_token", StatusRules::badTokenError),
        must("S14", "each request needs its token", Needs.working(StatusRules::everyRequest)),
        should("S08", "two sets of credentials: 400", Needs.working(StatusRules::malformed)),
        must("S16", "no refusal inside HTTP 200", StatusRules::notInside),
        should("S22", "bad tokens never cause 500", StatusRules::noServerError),
        should("S23", "no web page, whatever Accept says", StatusRules::noWebPage),
        should("S24", "refusals are not cached", StatusRules::notCached),
        should("S25", "a refusal has a JSON body", StatusRules::jsonBody),
        must("S28", "no method is exempt", StatusRules::noExemption),
        should("S37", "a bad token gets the metadata as well", StatusRules::badTokenMetadata),
        must("S29", "a notification needs a token", StatusRules::notification),
        must("C28", "no 407", StatusRules::noProxy),
        must("T01", "the Authorization field is read", StatusRules::good));
  }

  private static Outcome anonymous(Subject subject, int status) throws IOException {
    return Seen.status(subject.ask(subject.initialize()), status);
  }

  private static Outcome notInside(Subject subject) throws IOException {
    return Outcome.of(
        subject.ask(subject.initialize()).status() != 200, "the status is 200 without a token");
  }

  private static Outcome noError(Subject subject) throws IOException {
    return Seen.error(subject.ask(subject.initialize()), "");
  }

  private static Outcome otherSchemes(Subject subject) throws IOException {
    Outcome outcome = new Outcome.Kept();
    for (String credentials : SCHEMES) {
      RawResponse response = subject.ask(subject.initialize().with("Authorization", credentials));
      outcome = outcome.and(Seen.refusal(response, 401, ""));
    }
    return outcome;
  }

  private static Outcome emptyField(Subject subject) throws IOException {
    return Seen.refusal(subject.ask(subject.initialize().line("Authorization:")), 401, "");
  }

  private static RawResponse bad(Subject subject) throws IOException {
    return subject.ask(subject.initialize().bearer("not-a-token"));
  }

  private static Outcome badToken(Subject subject) throws IOException {
    return Seen.status(bad(subject), 401);
  }

  private static Outcome badTokenError(Subject subject) throws IOException {
    return Seen.refusal(bad(subject), 401, "invalid_token");
  }

  private static Outcome badTokenMetadata(Subject subject) throws IOException {
    return Seen.param(bad(subject), "resource_metadata");
  }

  private static Outcome everyRequest(Subject subject) throws IOException {
    return Seen.status(subject.ask(subject.initialize()), 401);
  }

  private static Outcome noServerError(Subject subject) throws IOException {
    Outcome outcome = new Outcome.Kept();
    for (String token : List.of("a", "a.b.c", ".", "..", "eyJhbGciOiJub25lIn0..", "=")) {
      RawResponse response = subject.ask(subject.initialize().bearer(token));
      outcome =
          outcome.and(Outcome.of(response.status() < 500, "the status is " + response.status()));
    }
    return outcome;
  }

  private static Outcome noWebPage(Subject subject) throws IOException {
    RawRequest request = subject.request("GET", subject.path()).with("Accept", "text/html");
    RawResponse response = subject.ask(request);
    boolean page = response.value("Content-Type").orElse("").contains("text/html");
    return Seen.status(response, 401).and(Outcome.of(!page, "the answer is a web page"));
  }

  private static Outcome notCached(Subject subject) throws IOException {
    String caching = subject.ask(subject.initialize()).value("Cache-Control").orElse("");
    return Outcome.of(caching.contains("no-store"), "Cache-Control is '" + caching + "'");
  }

  private static Outcome jsonBody(Subject subject) throws IOException {
    RawResponse response = subject.ask(subject.initialize());
    boolean json =
        response.value("Content-Type").orElse("").startsWith("application/json")
            && response.text().startsWith("{");
    return Outcome.of(json, "the body is no JSON object");
  }

  private static Outcome noExemption(Subject subject) throws IOException {
    Outcome outcome = new Outcome.Kept();
    for (String method : List.of("ping", "tools/list", "server/discover", "tools/call")) {
      RawRequest request =
          subject.rpc("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}");
      outcome = outcome.and(Seen.status(subject.ask(request), 401));
    }
    return outcome;
  }

  private static Outcome malformed(Subject subject) throws IOException {
    RawRequest request =
        subject.initialize().bearer(subject.good()).with("Authorization", "Bearer not-a-token");
    return Seen.refusal(subject.ask(request), 400, "invalid_request");
  }

  private static Outcome notification(Subject subject) throws IOException {
    RawRequest request =
        subject.rpc("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    return Seen.status(subject.ask(request), 401);
  }

  private static Outcome noProxy(Subject subject) throws IOException {
    RawResponse response = subject.ask(subject.initialize());
    return Outcome.of(
        response.status() != 407 && response.values("Proxy-Authenticate").isEmpty(),
        "the server answers as a proxy");
  }

  private static Outcome good(Subject subject) throws IOException {
    return Seen.status(subject.ask(subject.initialize().bearer(subject.good())), 200);
  }
}
