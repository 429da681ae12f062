package dev.countersign.doctor.check;

import dev.countersign.http.ChallengeLint;
import dev.countersign.http.LintCode;
import dev.countersign.http.McpClient;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The linter's findings about the challenge, sorted into the checks of the doctor. */
final class LintCheck {

  private static final Map<LintCode, CheckId> CHECKS = new EnumMap<>(LintCode.class);

  static {
    put(CheckId.D04, LintCode.NO_CHALLENGE);
    put(CheckId.D05, LintCode.MISSING_RESOURCE_METADATA, LintCode.BARE_BEARER);
    put(CheckId.D06, LintCode.ERROR_WITHOUT_TOKEN);
    put(CheckId.D08, LintCode.MISSING_SCOPE);
    put(
        CheckId.D10,
        LintCode.DESCRIPTION_NOT_LAST,
        LintCode.QUOTED_PAIR,
        LintCode.COMMA_IN_VALUE,
        LintCode.BAIT_IN_VALUE,
        LintCode.NOT_ASCII);
    put(
        CheckId.D11,
        LintCode.NO_BEARER,
        LintCode.BEARER_NOT_FIRST,
        LintCode.SEVERAL_BEARER,
        LintCode.FOREIGN_ERROR);
    put(CheckId.D12, LintCode.MISSING_ERROR);
    put(CheckId.D13, LintCode.TOO_LONG, LintCode.TRUNCATED, LintCode.TOO_MANY_SCOPES);
    put(CheckId.D14, LintCode.REALM_IS_URL);
    put(
        CheckId.D16,
        LintCode.RESOURCE_METADATA_NOT_ABSOLUTE,
        LintCode.RESOURCE_METADATA_NOT_HTTPS,
        LintCode.RESOURCE_METADATA_FOREIGN_ORIGIN,
        LintCode.RESOURCE_METADATA_WITH_QUERY);
  }

  private LintCheck() {}

  private static void put(CheckId check, LintCode... codes) {
    for (LintCode code : codes) {
      CHECKS.put(code, check);
    }
  }

  static List<Finding> look(Site site) {
    return site.unauthorized().isEmpty()
        ? List.of()
        : ofField(site, ChallengeLint.withoutToken(site.origin()), site.challengeLines());
  }

  /** What is wrong with the field lines of one response. */
  static List<Finding> ofField(Site site, ChallengeLint lint, List<String> lines) {
    List<Finding> findings = new ArrayList<>();
    for (dev.countersign.http.Finding one : lint.check(lines)) {
      if (!isFineOnLoopback(site, one.code())) {
        findings.add(finding(site, one, lines));
      }
    }
    return findings;
  }

  // Who develops on his own machine has no certificate.
  private static boolean isFineOnLoopback(Site site, LintCode code) {
    return code == LintCode.RESOURCE_METADATA_NOT_HTTPS && site.isOnLoopback();
  }

  private static Finding finding(Site site, dev.countersign.http.Finding one, List<String> lines) {
    CheckId check = CHECKS.getOrDefault(one.code(), CheckId.D09);
    String detail = one.detail().isEmpty() ? "" : " (" + Shown.cut(one.detail()) + ")";
    return new Finding(
            check,
            severity(one.code().level()),
            sentence(one.code().sentence()) + detail + place(one.position()) + ".")
        .seeing(Shown.fieldLines("WWW-Authenticate", lines))
        .expecting("WWW-Authenticate: " + site.exampleChallenge())
        .hurting(one.code().hurts().stream().map(McpClient::toString).toList());
  }

  private static String place(int position) {
    return position > 0 ? ", at character " + position : "";
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  static Severity severity(LintCode.Level level) {
    return switch (level) {
      case ERROR -> Severity.ERROR;
      case WARNING -> Severity.WARNING;
      case INFO -> Severity.INFO;
    };
  }
}
