package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where a token may stand (group T). A good token in a wrong place is the test. */
final class CredentialRules {

  private CredentialRules() {}

  static List<Rule> all() {
    return List.of(
        must("T02", "the scheme has no case", Needs.working(CredentialRules::lowerCase)),
        must("T03", "two spaces are one", Needs.working(CredentialRules::twoSpaces)),
        should("T05", "a scheme without a token: 401 or 400", CredentialRules::schemeOnly),
        must("T06", "no token from the query", CredentialRules::query),
        should("T07", "a token in the query counts as none", CredentialRules::queryError),
        should("T09", "no token from a form", CredentialRules::form),
        must("T10", "no token from a cookie or another field", CredentialRules::otherPlaces),
        must("T10", "no token from the message", CredentialRules::message),
        must("T11", "no token from Proxy-Authorization", CredentialRules::proxy),
        should(
            "T13", "two Authorization lines are refused", Needs.working(CredentialRules::twoLines)),
        should("T14", "two tokens on a line are refused", Needs.working(CredentialRules::joined)),
        should("T17", "a token of 32 kB is refused, not a server error", CredentialRules::tooLong),
        should("T20", "no token from a trailer", CredentialRules::trailer));
  }

  private static RawResponse withCredentials(Subject subject, String value) throws IOException {
    return subject.ask(subject.initialize().with("Authorization", value));
  }

  private static Outcome lowerCase(Subject subject) throws IOException {
    return Seen.status(withCredentials(subject, "bearer " + subject.good()), 200);
  }

  private static Outcome twoSpaces(Subject subject) throws IOException {
    return Seen.status(withCredentials(subject, "Bearer  " + subject.good()), 200);
  }

  private static Outcome schemeOnly(Subject subject) throws IOException {
    return Seen.status(withCredentials(subject, "Bearer"), 400, 401);
  }

  private static RawRequest inQuery(Subject subject) {
    return subject
        .initialize()
        .requestLine("POST " + subject.path() + "?access_token=" + subject.good() + " HTTP/1.1");
  }

  private static Outcome query(Subject subject) throws IOException {
    return Seen.status(subject.ask(inQuery(subject)), 400, 401);
  }

  private static Outcome queryError(Subject subject) throws IOException {
    return Seen.refusal(subject.ask(inQuery(subject)), 401, "");
  }

  private static Outcome otherPlaces(Subject subject) throws IOException {
    Outcome outcome = new Outcome.Kept();
    String token = subject.good();
    for (RawRequest request :
        List.of(
            subject.initialize().with("Cookie", "access_token=" + token),
            subject.initialize().with("X-Access-Token", token),
            subject.initialize().with("X-Auth-Token", token),
            subject.initialize().with("X-Forwarded-Access-Token", token))) {
      outcome = outcome.and(Seen.status(subject.ask(request), 401));
    }
    return outcome;
  }

  private static Outcome proxy(Subject subject) throws IOException {
    RawRequest request =
        subject.initialize().with("Proxy-Authorization", "Bearer " + subject.good());
    return Seen.status(subject.ask(request), 401);
  }

  private static Outcome twoLines(Subject subject) throws IOException {
    RawRequest request =
        subject.initialize().bearer(subject.good()).with("Authorization", "Bearer not-a-token");
    return Seen.status(subject.ask(request), 400, 401);
  }

  private static Outcome joined(Subject subject) throws IOException {
    return Seen.status(
        withCredentials(subject, "Bearer " + subject.good() + ", Bearer not-a-token"), 400, 401);
  }

  // RFC 6750 section 2.2
  private static Outcome form(Subject subject) throws IOException {
    RawRequest request =
        subject
            .request("POST", subject.path())
            .with("Content-Type", "application/x-www-form-urlencoded")
            .body(("access_token=" + subject.good()).getBytes(StandardCharsets.US_ASCII));
    return Seen.status(subject.ask(request), 401);
  }

  private static Outcome message(Subject subject) throws IOException {
    String token = "\"access_token\":\"" + subject.good() + "\"";
    return Seen.status(
        subject.ask(
            subject.rpc(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{"
                    + token
                    + ",\"_meta\":{"
                    + token
                    + "}}}")),
        401);
  }

  private static Outcome trailer(Subject subject) throws IOException {
    RawRequest request =
        subject
            .request("POST", subject.path())
            .with("Content-Type", "application/json")
            .chunked("{}", "Authorization: Bearer " + subject.good());
    try {
      return Seen.refused(subject.ask(request));
    } catch (EOFException | SocketException e) {
      // Some servers end a connection with trailers, which admits nobody.
      return new Outcome.Kept();
    }
  }

  private static Outcome tooLong(Subject subject) throws IOException {
    RawResponse response = subject.ask(subject.initialize().bearer("a".repeat(32 * 1024)));
    return Seen.refused(response);
  }
}
