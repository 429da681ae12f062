package dev.countersign.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Looks at the {@code WWW-Authenticate} field lines of a response as they came over the wire, and
 * says what specifications forbid or known clients misread. Immutable.
 *
 * <pre>
 * ChallengeLint.withoutToken("https://mcp.example.com").check(List.of("bearer Realm=x"))
 * </pre>
 */
public final class ChallengeLint {

  /** Longer fields are cut or refused on the way: 1536, inclusive. */
  static final int MAX_LENGTH = 1536;

  /** More scope-tokens are a catalogue, not a need: 32, inclusive. */
  static final int MAX_SCOPES = 32;

  private final boolean tokenSent;
  private final String origin;

  private ChallengeLint(boolean tokenSent, String origin) {
    this.tokenSent = tokenSent;
    this.origin = origin;
  }

  /**
   * For answers to a request that presented no token.
   *
   * @param origin scheme, host and port of the resource, as clients know it; a path is ignored
   * @return the linter
   * @throws IllegalArgumentException if it is not an absolute URL with a host
   */
  public static ChallengeLint withoutToken(String origin) {
    return new ChallengeLint(false, originOf(origin));
  }

  /**
   * For answers to a request that presented a token.
   *
   * @param origin scheme, host and port of the resource, as clients know it; a path is ignored
   * @return the linter
   * @throws IllegalArgumentException if it is not an absolute URL with a host
   */
  public static ChallengeLint withToken(String origin) {
    return new ChallengeLint(true, originOf(origin));
  }

  private static String originOf(String url) {
    String origin = MetadataUrl.of(url).uri().map(MetadataUrl::origin).orElse("");
    if (origin.isEmpty()) {
      throw new IllegalArgumentException("expected an absolute URL with a host");
    }
    return origin;
  }

  /**
   * Looks at all field lines of one response.
   *
   * @param fieldLines the values as received, in their order, neither joined nor trimmed
   * @return the findings, unmodifiable, in the order of the text; empty if nothing can be better
   */
  public List<Finding> check(List<String> fieldLines) {
    LenientParser parser = Challenges.lenientParser(fieldLines);
    List<Finding> findings = new ArrayList<>(parser.findings());
    checkLines(fieldLines, findings);
    checkField(parser.located(), findings);
    for (LenientParser.Located located : parser.located()) {
      new ChallengeChecks(located, findings).checkForm();
      if (located.challenge().hasScheme("Bearer")) {
        checkBearer(located, findings);
      } else if (located.challenge().param("error").isPresent()) {
        findings.add(located.finding(LintCode.FOREIGN_ERROR, "error"));
      }
    }
    findings.sort(Comparator.comparingInt(Finding::position));
    return List.copyOf(findings);
  }

  private static void checkLines(List<String> fieldLines, List<Finding> findings) {
    int start = 0;
    for (String line : fieldLines) {
      int fold = line.indexOf('\n');
      if (fold >= 0) {
        findings.add(new Finding(LintCode.FOLDED_LINE, start + fold, ""));
      }
      if (Challenges.parseLenient(line).challenges().size() > 1) {
        findings.add(new Finding(LintCode.SEVERAL_ON_ONE_LINE, start, ""));
      }
      start += line.length() + 2;
    }
    if (start - 2 > MAX_LENGTH) {
      findings.add(new Finding(LintCode.TOO_LONG, MAX_LENGTH, ""));
    }
  }

  private static void checkField(List<LenientParser.Located> challenges, List<Finding> findings) {
    List<LenientParser.Located> bearer =
        challenges.stream().filter(located -> located.challenge().hasScheme("Bearer")).toList();
    if (challenges.isEmpty()) {
      findings.add(new Finding(LintCode.NO_CHALLENGE, 0, ""));
    } else if (bearer.isEmpty()) {
      findings.add(new Finding(LintCode.NO_BEARER, 0, ""));
    } else if (!challenges.get(0).challenge().hasScheme("Bearer")) {
      String first = challenges.get(0).challenge().scheme();
      findings.add(new Finding(LintCode.BEARER_NOT_FIRST, bearer.get(0).at(), first + " is first"));
    }
    bearer.stream()
        .skip(1)
        .forEach(second -> findings.add(new Finding(LintCode.SEVERAL_BEARER, second.at(), "")));
  }

  private void checkBearer(LenientParser.Located located, List<Finding> findings) {
    ChallengeChecks checks = new ChallengeChecks(located, findings);
    if (located.challenge().token68().isPresent()) {
      findings.add(located.finding(LintCode.BEARER_WITH_TOKEN68, ""));
    } else if (!located.challenge().params().isEmpty()) {
      checks.checkMeaning();
      checks.checkError(tokenSent);
      checks.checkMetadataUrl(origin);
    }
  }
}
