package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.testkit.DpopClient;
import dev.countersign.testkit.FakeAuthorizationServer.Endpoint;
import dev.countersign.testkit.Fault;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.ReceivedRequest;
import dev.countersign.testkit.TokenBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Opaque tokens, about which the authorization server is asked (RFC 7662; groups I and S). */
final class OpaqueRules {

  private OpaqueRules() {}

  static List<Rule> all() {
    return List.of(
        must("I04", "an active token is admitted", Needs.opaque(OpaqueRules::active)),
        must("I01", "the question is a form with the token", Needs.opaque(OpaqueRules::form)),
        must("I02", "the question has credentials", Needs.opaque(OpaqueRules::credentials)),
        must("I04", "a token that is not active is refused", refused(OpaqueRules::revoke)),
        must("I06", "a token for another resource is refused", refused(OpaqueRules::otherAudience)),
        must("I06", "a token for no resource is refused", refused(one -> one.remove("aud"))),
        should("I07", "exp counts although it is active", refused(OpaqueRules::expire)),
        should("I07", "nbf counts although it is active", refused(OpaqueRules::postpone)),
        should("I07", "iss counts although it is active", refused(OpaqueRules::otherIssuer)),
        must("I11", "a bound token is refused without proof", refused(OpaqueRules::bind)),
        must("D18", "an opaque token may be bound", Needs.dpop(working(OpaqueRules::bound))),
        should("I05", "only the boolean true is active", working(OpaqueRules::strict)),
        must("J01", "what cannot be checked is not admitted", failing(OpaqueRules::closed)),
        should("I10", "what cannot be checked is 503", failing(one -> Seen.status(one, 503))),
        should("S21", "that 503 begins no login", failing(OpaqueRules::unavailable)),
        should("J52", "no JWT: refused without a question", Needs.jwt(OpaqueRules::notAsked)));
  }

  private static Rule.Trial working(Rule.Trial trial) {
    return Needs.opaque(
        subject ->
            works(subject)
                ? trial.run(subject)
                : new Outcome.NotTried("the server refuses an active token"));
  }

  private static boolean works(Subject subject) throws IOException {
    return ask(subject, subject.active()).status() == 200;
  }

  private static RawResponse ask(Subject subject, Map<String, Object> answer) throws IOException {
    return subject.ask(subject.initialize().bearer(subject.opaque(answer)));
  }

  private static Outcome active(Subject subject) throws IOException {
    return Seen.status(ask(subject, subject.active()), 200);
  }

  private static Rule.Trial refused(Consumer<Map<String, Object>> fault) {
    return working(
        subject -> {
          Map<String, Object> answer = subject.active();
          fault.accept(answer);
          return Seen.status(ask(subject, answer), 401);
        });
  }

  private static void revoke(Map<String, Object> answer) {
    answer.clear();
    answer.put("active", false);
  }

  private static void otherAudience(Map<String, Object> answer) {
    answer.put("aud", "https://other.example/mcp");
  }

  private static void otherIssuer(Map<String, Object> answer) {
    answer.put("iss", "https://id.other.example");
  }

  private static void expire(Map<String, Object> answer) {
    answer.put("exp", Instant.now().minus(Duration.ofMinutes(10)).getEpochSecond());
  }

  private static void postpone(Map<String, Object> answer) {
    answer.put("nbf", Instant.now().plus(Duration.ofMinutes(10)).getEpochSecond());
  }

  private static void bind(Map<String, Object> answer) {
    answer.put("token_type", "DPoP");
    answer.put("cnf", Map.of("jkt", new DpopClient().thumbprint()));
  }

  private static List<ReceivedRequest> questions(Subject subject) {
    return subject.questions().stream()
        .filter(request -> request.path().endsWith("/introspect"))
        .toList();
  }

  private static Outcome form(Subject subject) throws IOException {
    ask(subject, subject.active());
    List<ReceivedRequest> questions = questions(subject);
    return Outcome.of(!questions.isEmpty(), "the introspection endpoint was never asked")
        .and(
            Outcome.of(
                questions.stream()
                    .allMatch(
                        one ->
                            one.method().equals("POST")
                                && one.query().isEmpty()
                                && ("&" + one.body()).contains("&token=")),
                "a question is no POST of a form with the token"));
  }

  private static Outcome credentials(Subject subject) throws IOException {
    ask(subject, subject.active());
    List<ReceivedRequest> questions = questions(subject);
    return Outcome.of(!questions.isEmpty(), "the introspection endpoint was never asked")
        .and(
            Outcome.of(
                questions.stream().allMatch(subject.server().introspection()::isProper),
                "a question has no credentials, or wrong ones"));
  }

  private static Outcome bound(Subject subject) throws IOException {
    // Fetches a nonce if one is needed.
    subject.worksBound();
    Map<String, Object> answer = subject.active();
    answer.put("token_type", "DPoP");
    answer.put("cnf", Map.of("jkt", subject.client().thumbprint()));
    String token = subject.opaque(answer);
    String foreign = foreign(subject);
    TokenBuilder stolen = subject.proof(foreign);
    return Seen.status(subject.present(token, subject.proof(token)), 200)
        .and(Seen.status(subject.present(foreign, stolen), 400, 401));
  }

  private static String foreign(Subject subject) {
    Map<String, Object> answer = subject.active();
    bind(answer);
    return subject.opaque(answer);
  }

  private static Outcome strict(Subject subject) throws IOException {
    Outcome outcome = new Outcome.Kept();
    for (Object active : List.of("true", 1, "")) {
      Map<String, Object> answer = subject.active();
      answer.put("active", active);
      outcome = outcome.and(closed(ask(subject, answer)));
    }
    Map<String, Object> silent = subject.active();
    silent.remove("active");
    return outcome.and(closed(ask(subject, silent)));
  }

  private static Outcome closed(RawResponse response) {
    return Outcome.of(
        response.status() >= 400, "the status is " + response.status() + ", expected 400 or more");
  }

  private static Outcome unavailable(RawResponse response) {
    return response.status() == 503
        ? Seen.noChallenge(response)
        : new Outcome.NotTried("what cannot be checked is not answered 503");
  }

  @FunctionalInterface
  private interface Test {
    Outcome of(RawResponse response);
  }

  /** The introspection endpoint fails in every way that is quick. */
  private static Rule.Trial failing(Test test) {
    return working(
        subject -> {
          Outcome outcome = new Outcome.Kept();
          for (Fault fault :
              List.of(Fault.status(500), Fault.status(401), Fault.html(), Fault.document("{}"))) {
            subject.server().fail(Endpoint.INTROSPECTION, fault);
            try {
              outcome = outcome.and(test.of(ask(subject, subject.active())));
            } finally {
              subject.server().heal();
            }
          }
          return outcome;
        });
  }

  private static Outcome notAsked(Subject subject) throws IOException {
    if (subject.features().tokens().takesOpaque()) {
      return new Outcome.NotTried("the server asks about opaque tokens (--tokens)");
    }
    int before = questions(subject).size();
    RawResponse response =
        subject.ask(subject.initialize().bearer("b7f2c1d0-5e0f-4c59-9a55-0d1f6f0e2a31"));
    return Seen.status(response, 401)
        .and(
            Outcome.of(
                questions(subject).size() == before,
                "the authorization server was asked about a token that is no JWT"));
  }
}
