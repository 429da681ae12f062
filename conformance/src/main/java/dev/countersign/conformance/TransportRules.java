package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.util.List;

/** Ways around the gate (groups H, K, L). */
final class TransportRules {

  private TransportRules() {}

  static List<Rule> all() {
    return List.of(
        must("H13", "authentication comes before the body is read", TransportRules::brokenBody),
        must("H14", "GET needs a token", method("GET")),
        should("H15", "GET without a token is challenged", TransportRules::challengedGet),
        must("H17", "DELETE needs a token", method("DELETE")),
        should("H30", "the challenge is the same for every method", TransportRules::sameChallenge),
        should("K02", "a path that ends like the resource needs a token", TransportRules::suffix),
        must("K03", "no spelling of the path passes", TransportRules::spellings),
        should("K06", "unknown methods need a token", TransportRules::unknownMethods),
        must("K07", "an upgrade needs a token", TransportRules::upgrade),
        must("K12", "no media type passes", TransportRules::mediaTypes),
        must("L08", "no field of a proxy is a token", TransportRules::proxyFields),
        should("K01", "what is below the resource needs a token", TransportRules::below),
        should("S34", "a bad token is refused before the body", TransportRules::beforeBody));
  }

  private static Outcome brokenBody(Subject subject) throws IOException {
    return Seen.status(subject.ask(subject.request("POST", subject.path()).json("{broken")), 401);
  }

  /** A server that has no such method may say so first; H15 is about those who probe with GET. */
  private static Rule.Trial method(String method) {
    return subject -> Seen.status(subject.ask(subject.request(method, subject.path())), 401, 405);
  }

  private static Outcome challengedGet(Subject subject) throws IOException {
    RawResponse response = subject.ask(subject.request("GET", subject.path()));
    return Seen.status(response, 401).and(Seen.param(response, "resource_metadata"));
  }

  private static Outcome sameChallenge(Subject subject) throws IOException {
    List<String> usual = subject.ask(subject.initialize()).values("WWW-Authenticate");
    Outcome outcome = new Outcome.Kept();
    for (String method : List.of("GET", "DELETE", "POST")) {
      RawResponse response = subject.ask(subject.request(method, subject.path()));
      outcome =
          outcome.and(
              Outcome.of(
                  response.values("WWW-Authenticate").equals(usual),
                  "the challenge to " + method + " is another one"));
    }
    return outcome;
  }

  private static RawRequest at(Subject subject, String target) {
    return subject.initialize().requestLine("POST " + target + " HTTP/1.1");
  }

  private static Outcome suffix(Subject subject) throws IOException {
    return unanswered(subject, "/x" + subject.path());
  }

  private static Outcome unanswered(Subject subject, String target) throws IOException {
    int status = subject.ask(at(subject, target)).status();
    return Outcome.of(
        status >= 400 && status < 500, target + " is answered " + status + " without a token");
  }

  private static Outcome spellings(Subject subject) throws IOException {
    String path = subject.path();
    Outcome outcome = new Outcome.Kept();
    for (String target :
        List.of(
            path + "/",
            "/" + path,
            "/." + path,
            "/x/.." + path,
            path + ";x=1",
            "/;" + path,
            path + "%2F",
            "/%2e" + path,
            path.replaceFirst("/(.)", "/%6d"),
            path + "?x=1",
            path + "%00")) {
      outcome = outcome.and(unanswered(subject, target));
    }
    return outcome;
  }

  private static Outcome unknownMethods(Subject subject) throws IOException {
    Outcome outcome = new Outcome.Kept();
    for (String method : List.of("PUT", "PATCH")) {
      outcome = outcome.and(Seen.status(subject.ask(subject.request(method, subject.path())), 401));
    }
    // Parsers below the application may refuse a method that nobody knows.
    RawRequest unheardOf = subject.request("FOO", subject.path());
    outcome = outcome.and(Seen.status(subject.ask(unheardOf), 401, 400, 405, 501));
    RawRequest disguised = subject.initialize().with("X-HTTP-Method-Override", "OPTIONS");
    return outcome.and(Seen.status(subject.ask(disguised), 401));
  }

  private static Outcome upgrade(Subject subject) throws IOException {
    RawRequest request =
        subject
            .request("GET", subject.path())
            .with("Connection", "Upgrade")
            .with("Upgrade", "websocket")
            .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .with("Sec-WebSocket-Version", "13");
    int status = subject.ask(request).status();
    return Outcome.of(status >= 400 && status < 500, "an upgrade is answered " + status);
  }

  private static Outcome mediaTypes(Subject subject) throws IOException {
    Outcome outcome = new Outcome.Kept();
    for (String type :
        List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
      RawRequest request = subject.initialize().without("Content-Type").with("Content-Type", type);
      outcome = outcome.and(Seen.status(subject.ask(request), 401));
    }
    return outcome;
  }

  private static Outcome proxyFields(Subject subject) throws IOException {
    Outcome outcome = new Outcome.Kept();
    for (String field :
        List.of("X-Remote-User", "X-Forwarded-User", "X-Auth-Request-User", "Client-Cert")) {
      outcome =
          outcome.and(Seen.status(subject.ask(subject.initialize().with(field, "alice")), 401));
    }
    return outcome;
  }

  private static Outcome below(Subject subject) throws IOException {
    String path = subject.path().equals("/") ? "/below" : subject.path() + "/below";
    return Seen.status(subject.ask(at(subject, path)), 401, 404);
  }

  private static Outcome beforeBody(Subject subject) throws IOException {
    RawRequest request =
        subject
            .request("POST", subject.path())
            .with("Content-Type", "application/json")
            .with("Content-Length", "64")
            .with("Expect", "100-continue")
            .bearer("not-a-token");
    return Seen.status(subject.ask(request), 401);
  }
}
