package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.util.List;

/** Where a token may stand (group T). A good token in a wrong place is the test. */
final class CredentialRules {

  private CredentialRules() {}

  static List<Rule> all() {
    return List.of(
        must("T02", "the scheme has no case", CredentialRules::lowerCase),
        must("T06", "no token from the query", CredentialRules::query),
        should("T07", "a token in the query counts as none", CredentialRules::queryError),
        must("T10", "no token from a cookie or another field", CredentialRules::otherPlaces),
        must("T11", "no token from Proxy-Authorization", CredentialRules::proxy),
        should("T13", "two Authorization lines are refused", CredentialRules::twoLines),
        should("T14", "two tokens on a line are refused", CredentialRules::joined),
        should("T17", "a token of 32 kB is refused, not a server error", CredentialRules::tooLong));
  }

  private static Outcome withGood(Subject subject, Rule.Trial trial) throws IOException {
    return subject.works()
        ? trial.run(subject)
        : new Outcome.NotTried("the server refuses a good token");
  }

  private static Outcome lowerCase(Subject subject) throws IOException {
    return withGood(
        subject,
        one ->
            Seen.status(
                one.ask(one.initialize().with("Authorization", "bearer " + one.good())), 200));
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
    return withGood(
        subject,
        one -> {
          RawRequest request =
              one.initialize().bearer(one.good()).with("Authorization", "Bearer not-a-token");
          return Seen.status(one.ask(request), 400, 401);
        });
  }

  private static Outcome joined(Subject subject) throws IOException {
    return withGood(
        subject,
        one -> {
          String both = "Bearer " + one.good() + ", Bearer not-a-token";
          return Seen.status(one.ask(one.initialize().with("Authorization", both)), 400, 401);
        });
  }

  private static Outcome tooLong(Subject subject) throws IOException {
    RawResponse response = subject.ask(subject.initialize().bearer("a".repeat(32 * 1024)));
    return Outcome.of(
        response.status() >= 400 && response.status() < 500,
        "the status is " + response.status() + ", expected 400 to 499");
  }
}
