package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What is answered to a token with too little scope (groups S and U). */
final class ScopeRules {

  // A scope that nobody needs.
  private static final String OTHER = "conformance:nothing";

  private ScopeRules() {}

  static List<Rule> all() {
    return List.of(
        must("S09", "too little scope: 403", lacking(one -> Seen.status(one, 403))),
        must("C02", "that 403 has a challenge", lacking(ScopeRules::challenged)),
        should(
            "S10",
            "that 403 says insufficient_scope",
            lacking(one -> Seen.refusal(one, 403, "insufficient_scope"))),
        should(
            "S10", "that 403 names the scope", lacking(one -> forbidden(one, ScopeRules::named))),
        should(
            "S13",
            "that 403 names the metadata of the 401",
            Needs.working(ScopeRules::sameMetadata)),
        should("U06", "that 403 is the same each time", Needs.working(ScopeRules::sameEachTime)),
        should("U01", "all scopes of a call at once", Needs.scopedTool(ScopeRules::allAtOnce)),
        should("U09", "less scope suffices for the rest", Needs.scopedTool(ScopeRules::rest)),
        should("U24", "what was asked for suffices", Needs.scopedTool(ScopeRules::suffices)),
        should("U15", "the body counts, not the fields", Needs.scopedTool(ScopeRules::fields)),
        should("U17", "no call is hidden in a batch", Needs.scopedTool(ScopeRules::batch)));
  }

  @FunctionalInterface
  private interface Test {
    Outcome of(RawResponse response) throws IOException;
  }

  /** The answers to every request that lacks scope, as far as the server has told what it needs. */
  private static Rule.Trial lacking(Test test) {
    return Needs.working(
        subject -> {
          Outcome outcome = new Outcome.NotTried("nothing needs a scope (--scope, --tool)");
          if (!subject.features().scope().isEmpty()) {
            outcome = test.of(subject.ask(subject.initialize().bearer(subject.token(OTHER))));
          }
          if (subject.features().scopedTool().isPresent()) {
            Outcome ofTool = test.of(subject.call(tool(subject).name(), subject.good()));
            outcome = outcome instanceof Outcome.NotTried ? ofTool : outcome.and(ofTool);
          }
          return outcome;
        });
  }

  private static Features.ScopedTool tool(Subject subject) {
    return subject.features().scopedTool().orElseThrow();
  }

  private static Outcome challenged(RawResponse response) {
    return forbidden(
        response,
        one ->
            Outcome.of(
                Subject.bearer(one).isPresent(), "there is no Bearer challenge with the 403"));
  }

  private static Outcome named(RawResponse response) {
    return Seen.param(response, "scope");
  }

  /** What is not refused 403 has no form that could be looked at. */
  private static Outcome forbidden(RawResponse response, Function<RawResponse, Outcome> test) {
    return response.status() == 403
        ? test.apply(response)
        : new Outcome.NotTried("too little scope is not answered 403");
  }

  /** One request that lacks scope. */
  private static RawResponse refusal(Subject subject) throws IOException {
    return subject.features().scope().isEmpty() && subject.features().scopedTool().isPresent()
        ? subject.call(tool(subject).name(), subject.good())
        : subject.ask(subject.initialize().bearer(subject.token(OTHER)));
  }

  private static Outcome sameMetadata(Subject subject) throws IOException {
    String expected = Seen.value(subject.ask(subject.initialize()), "resource_metadata");
    return forbidden(
        refusal(subject),
        one ->
            Outcome.of(
                !expected.isEmpty() && Seen.value(one, "resource_metadata").equals(expected),
                "resource_metadata is missing, or another one than that of the 401"));
  }

  private static Outcome sameEachTime(Subject subject) throws IOException {
    List<String> first = refusal(subject).values("WWW-Authenticate");
    return forbidden(
        refusal(subject),
        one ->
            Outcome.of(
                one.values("WWW-Authenticate").equals(first), "the challenge is another one"));
  }

  private static Set<String> scopes(String text) {
    Set<String> scopes = new LinkedHashSet<>(Arrays.asList(text.split(" ")));
    scopes.remove("");
    return scopes;
  }

  private static Outcome allAtOnce(Subject subject) throws IOException {
    RawResponse response = subject.call(tool(subject).name(), subject.good());
    return forbidden(
        response,
        one ->
            Outcome.of(
                scopes(Seen.value(one, "scope")).containsAll(scopes(tool(subject).scope())),
                "the challenge names only '" + Seen.value(one, "scope") + "'"));
  }

  private static Outcome rest(Subject subject) throws IOException {
    return Seen.status(subject.call(tool(subject).name(), subject.good()), 403)
        .and(Seen.admitted(subject.ask(subject.listing().bearer(subject.good()))));
  }

  private static Outcome suffices(Subject subject) throws IOException {
    RawResponse refused = subject.call(tool(subject).name(), subject.good());
    String asked = Seen.value(refused, "scope");
    if (refused.status() != 403 || asked.isEmpty()) {
      return new Outcome.NotTried("no scope is asked for");
    }
    Set<String> granted = scopes(subject.features().scope());
    granted.addAll(scopes(asked));
    return Seen.admitted(
        subject.call(tool(subject).name(), subject.token(String.join(" ", granted))));
  }

  private static Outcome fields(Subject subject) throws IOException {
    RawRequest disguised =
        subject
            .toolCall(tool(subject).name())
            .without("MCP-Protocol-Version")
            .with("MCP-Protocol-Version", "2026-07-28")
            .with("Mcp-Method", "ping");
    return Seen.refused(subject.ask(disguised.bearer(subject.good())));
  }

  private static Outcome batch(Subject subject) throws IOException {
    String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    RawRequest request =
        subject
            .toolCall(tool(subject).name())
            .without("MCP-Protocol-Version")
            .with("MCP-Protocol-Version", "2025-03-26")
            .json("[" + ping + "," + Subject.toolMessage(tool(subject).name()) + "]");
    return Seen.refused(subject.ask(request.bearer(subject.good())));
  }
}
