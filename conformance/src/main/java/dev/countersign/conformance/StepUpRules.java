package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.TokenBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What is answered to a login that is too weak or too old (RFC 9470; group U). */
final class StepUpRules {

  private static final String ERROR = "insufficient_user_authentication";

  private StepUpRules() {}

  static List<Rule> all() {
    return List.of(
        must("U22", "no acr and no auth_time: 401", tried(StepUpRules::missing)),
        must("S32", "that 401 says " + ERROR, tried(StepUpRules::error)),
        must("U21", "that 401 says which login", tried(StepUpRules::which)),
        must("U22", "a weaker login: 401", tried(StepUpRules::weaker)),
        must("U22", "an older login: 401", tried(StepUpRules::older)),
        should("U23", "that 401 names the scope as well", tried(StepUpRules::scope)),
        should("U24", "the login that was asked for suffices", tried(StepUpRules::suffices)));
  }

  private static Rule.Trial tried(Rule.Trial trial) {
    return Needs.stepUpTool(Needs.jwt(trial));
  }

  private static Features.StepUpTool tool(Subject subject) {
    return subject.features().stepUpTool().orElseThrow();
  }

  private static RawResponse call(Subject subject, TokenBuilder token) throws IOException {
    return subject.call(tool(subject).name(), token.text());
  }

  /** A token of the login that the tool needs, to be changed. */
  private static TokenBuilder strong(Subject subject) {
    TokenBuilder token =
        subject.mint().claim("auth_time", Instant.now().minusSeconds(1).getEpochSecond());
    String acr = tool(subject).acr();
    return acr.isEmpty() ? token : token.claim("acr", acr);
  }

  private static Outcome missing(Subject subject) throws IOException {
    return Seen.status(call(subject, subject.mint()), 401);
  }

  private static Outcome error(Subject subject) throws IOException {
    return Seen.refusal(call(subject, subject.mint()), 401, ERROR);
  }

  private static Outcome which(Subject subject) throws IOException {
    RawResponse response = call(subject, subject.mint());
    String acr = tool(subject).acr();
    boolean login =
        acr.isEmpty() || Arrays.asList(Seen.value(response, "acr_values").split(" ")).contains(acr);
    boolean age =
        tool(subject).maxAge().isEmpty()
            || Seen.value(response, "max_age").matches("0|[1-9][0-9]*");
    return Seen.status(response, 401)
        .and(Outcome.of(login, "acr_values does not name the acr that is needed"))
        .and(Outcome.of(age, "there is no max_age"));
  }

  private static Outcome weaker(Subject subject) throws IOException {
    return tool(subject).acr().isEmpty()
        ? new Outcome.NotTried("no acr is needed (--acr)")
        : Seen.status(call(subject, strong(subject).claim("acr", "conformance-none")), 401);
  }

  private static Outcome older(Subject subject) throws IOException {
    if (tool(subject).maxAge().isEmpty()) {
      return new Outcome.NotTried("no age is limited (--max-age)");
    }
    // Far behind any tolerance of clocks.
    Duration age = tool(subject).maxAge().get().plus(Duration.ofHours(1));
    long login = Instant.now().minus(age).getEpochSecond();
    return Seen.status(call(subject, strong(subject).claim("auth_time", login)), 401);
  }

  private static Outcome scope(Subject subject) throws IOException {
    return subject.features().scope().isEmpty()
        ? new Outcome.NotTried("no scope is needed (--scope)")
        : Seen.param(call(subject, subject.mint()), "scope");
  }

  private static Outcome suffices(Subject subject) throws IOException {
    return Seen.admitted(call(subject, strong(subject)));
  }
}
