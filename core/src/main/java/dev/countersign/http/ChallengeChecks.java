package dev.countersign.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@link ChallengeLint} asks of one challenge. */
final class ChallengeChecks {

  private final LenientParser.Located located;
  private final Challenge challenge;
  private final List<Finding> findings;

  ChallengeChecks(LenientParser.Located located, List<Finding> findings) {
    this.located = located;
    this.challenge = located.challenge();
    this.findings = findings;
  }

  /** How it is written, for clients that search instead of parsing. */
  void checkForm() {
    if (challenge.hasScheme("Bearer") && !challenge.scheme().equals("Bearer")) {
      note(LintCode.SCHEME_CASE, challenge.scheme());
    }
    for (Map.Entry<String, String> param : challenge.params().entrySet()) {
      String name = param.getKey();
      if (!name.equals(name.toLowerCase(Locale.ROOT))) {
        note(LintCode.NAME_CASE, name);
      }
      if (BearerParam.named(name).isEmpty() && Misreadable.endsLikeSearched(name)) {
        note(LintCode.BAIT_IN_NAME, name);
      }
      if (Misreadable.isBait(param.getValue())) {
        note(LintCode.BAIT_IN_VALUE, name);
      }
      if (param.getValue().indexOf(',') >= 0) {
        note(LintCode.COMMA_IN_VALUE, name);
      }
    }
  }

  /** What its values mean. */
  void checkMeaning() {
    BearerChallenge bearer = BearerChallenge.from(challenge);
    for (BearerChallenge.Problem problem : bearer.problems()) {
      boolean metadata = problem.param().equals("resource_metadata");
      if (!metadata && !challenge.param(problem.param()).orElse("").isEmpty()) {
        note(LintCode.MALFORMED_VALUE, problem.param());
      }
    }
    if (challenge.param("scope").isEmpty()) {
      note(LintCode.MISSING_SCOPE, "");
    }
    if (bearer.scope().size() > ChallengeLint.MAX_SCOPES) {
      note(LintCode.TOO_MANY_SCOPES, "scope");
    }
    if (bearer.realm().orElse("").contains("://")) {
      note(LintCode.REALM_IS_URL, "realm");
    }
    checkDescriptionIsLast();
  }

  private void checkDescriptionIsLast() {
    boolean described = false;
    boolean misplaced = false;
    for (String name : challenge.params().keySet()) {
      misplaced |= described && !name.equalsIgnoreCase("error_uri");
      described |= name.equalsIgnoreCase("error_description");
    }
    if (misplaced) {
      note(LintCode.DESCRIPTION_NOT_LAST, "error_description");
    }
  }

  void checkError(boolean tokenSent) {
    String error = challenge.param("error").orElse("");
    if (error.isEmpty()) {
      if (tokenSent) {
        note(LintCode.MISSING_ERROR, "");
      }
      return;
    }
    if (!tokenSent) {
      note(LintCode.ERROR_WITHOUT_TOKEN, "error");
    }
    if (!BearerChallengeBuilder.REGISTERED_ERRORS.contains(error)) {
      note(LintCode.UNREGISTERED_ERROR, "error");
    }
  }

  void checkMetadataUrl(String origin) {
    String value = challenge.param("resource_metadata").orElse("");
    if (value.isEmpty()) {
      note(LintCode.MISSING_RESOURCE_METADATA, "");
      return;
    }
    MetadataUrl url = MetadataUrl.of(value);
    if (!url.problem().isEmpty() && !url.plainHttp()) {
      note(LintCode.RESOURCE_METADATA_NOT_ABSOLUTE, "resource_metadata");
      return;
    }
    if (!url.isUsable()) {
      note(LintCode.RESOURCE_METADATA_NOT_HTTPS, "resource_metadata");
    }
    if (url.uri().filter(uri -> !MetadataUrl.origin(uri).equals(origin)).isPresent()) {
      note(LintCode.RESOURCE_METADATA_FOREIGN_ORIGIN, "resource_metadata");
    }
    if (url.uri().filter(uri -> uri.getRawQuery() != null).isPresent()) {
      note(LintCode.RESOURCE_METADATA_WITH_QUERY, "resource_metadata");
    }
  }

  private void note(LintCode code, String detail) {
    findings.add(located.finding(code, detail));
  }
}
