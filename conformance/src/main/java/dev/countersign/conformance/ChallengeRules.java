package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.http.ChallengeLint;
import dev.countersign.http.Challenges;
import dev.countersign.http.LintCode;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How the challenge is written (group C). */
final class ChallengeRules {

  private ChallengeRules() {}

  static List<Rule> all() {
    return List.of(
        must("C01", "a 401 has a challenge", ChallengeRules::challenge),
        must("C03", "the scheme is Bearer", ChallengeRules::scheme),
        must("C04", "no bare Bearer", lint(LintCode.BARE_BEARER)),
        must("C06", "each parameter once", lint(LintCode.DUPLICATE_PARAM)),
        must("C08", "no white space around the equals sign", lint(LintCode.BLANKS_AROUND_EQUALS)),
        must(
            "C09",
            "a comma between parameters",
            lint(LintCode.MISSING_COMMA, LintCode.SEMICOLON, LintCode.COMMA_AFTER_SCHEME)),
        must("C11", "the metadata URL is quoted", lint(LintCode.UNQUOTED_VALUE)),
        must("C14", "only characters that a field may have", lint(LintCode.ILLEGAL_CHARACTER)),
        must("C20", "the metadata URL is absolute", lint(LintCode.RESOURCE_METADATA_NOT_ABSOLUTE)),
        should("C24", "Bearer comes first", lint(LintCode.BEARER_NOT_FIRST)),
        must("C25", "no folded lines", ChallengeRules::folded),
        should("C32", "Bearer with a capital B only", lint(LintCode.SCHEME_CASE)),
        should("C33", "names in lower case", lint(LintCode.NAME_CASE)),
        should("C34", "no value that looks like another parameter", lint(LintCode.BAIT_IN_VALUE)),
        should("C35", "no comma in a value", lint(LintCode.COMMA_IN_VALUE)),
        should("C36", "no backslash in a value", lint(LintCode.QUOTED_PAIR)),
        should("C37", "no empty value", lint(LintCode.EMPTY_VALUE)),
        should("C38", "at most 1536 characters", lint(LintCode.TOO_LONG, LintCode.TRUNCATED)),
        must(
            "C27",
            "parameters only",
            lint(LintCode.BEARER_WITH_TOKEN68, LintCode.TOKEN68_AND_PARAMS)),
        should("C31", "the field begins with Bearer", ChallengeRules::beginning),
        should(
            "M79", "the metadata URL has the origin of the resource", ChallengeRules::sameOrigin),
        must("S11", "the challenge names the metadata", ChallengeRules::metadata),
        should("S12", "the challenge names a scope", ChallengeRules::scope));
  }

  private static Outcome challenge(Subject subject) throws IOException {
    RawResponse response = subject.ask(subject.initialize());
    return Seen.status(response, 401)
        .and(
            Outcome.of(
                !response.values("WWW-Authenticate").isEmpty(),
                "there is no WWW-Authenticate field"));
  }

  private static Outcome scheme(Subject subject) throws IOException {
    List<String> lines = subject.ask(subject.initialize()).values("WWW-Authenticate");
    return Outcome.of(
        Challenges.parseLenient(lines).challenges().stream()
            .anyMatch(challenge -> challenge.hasScheme("Bearer")),
        "no challenge is Bearer");
  }

  // obs-fold = OWS CRLF RWS (RFC 9112 section 5.2)
  private static Outcome folded(Subject subject) throws IOException {
    boolean folded =
        subject.ask(subject.initialize()).fieldLines().stream()
            .anyMatch(line -> line.startsWith(" ") || line.startsWith("\t"));
    return Outcome.of(!folded, "a field line goes on on the next line");
  }

  private static Outcome beginning(Subject subject) throws IOException {
    List<String> lines = subject.ask(subject.initialize()).values("WWW-Authenticate");
    return Outcome.of(
        !lines.isEmpty() && lines.get(0).startsWith("Bearer "),
        "the first challenge does not begin with Bearer and a space");
  }

  private static Outcome sameOrigin(Subject subject) throws IOException {
    String url = Seen.value(subject.ask(subject.initialize()), "resource_metadata");
    return url.isEmpty()
        ? new Outcome.NotTried("the challenge names no metadata")
        : Outcome.of(
            url.startsWith(subject.origin() + "/"), "resource_metadata has another origin");
  }

  private static Outcome metadata(Subject subject) throws IOException {
    return Seen.param(subject.ask(subject.initialize()), "resource_metadata");
  }

  private static Outcome scope(Subject subject) throws IOException {
    return Seen.param(subject.ask(subject.initialize()), "scope");
  }

  private static Rule.Trial lint(LintCode first, LintCode... more) {
    Set<LintCode> codes = EnumSet.of(first, more);
    return subject -> {
      List<String> lines = subject.ask(subject.initialize()).values("WWW-Authenticate");
      if (lines.isEmpty()) {
        return new Outcome.NotTried("there is no challenge");
      }
      return ChallengeLint.withoutToken(subject.origin()).check(lines).stream()
          .filter(finding -> codes.contains(finding.code()))
          .findFirst()
          .<Outcome>map(finding -> new Outcome.Broken(finding.toString()))
          .orElseGet(Outcome.Kept::new);
    };
  }
}
