package dev.countersign.doctor.report;

import dev.countersign.doctor.check.CheckId;
import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Platform;
import dev.countersign.doctor.check.Severity;
import dev.countersign.doctor.client.Replay;
import dev.countersign.doctor.token.TokenVerdict;
import dev.countersign.internal.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The findings for a script. The schema is described in {@code docs/doctor.md} and stays. */
public final class JsonReport {

  /** Raised when a member goes away or changes its meaning; new ones may appear at any time. */
  private static final int SCHEMA = 1;

  private JsonReport() {}

  /**
   * Writes the findings as one JSON object.
   *
   * @param visit what was found
   * @return the document
   */
  public static String of(Visit visit) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("schema", SCHEMA);
    report.put("url", visit.url().toString());
    report.put("at", visit.at().toString());
    report.put("requests", visit.asked().size());
    Map<String, Object> summary = new LinkedHashMap<>();
    Arrays.stream(Severity.values())
        .forEach(severity -> summary.put(name(severity), visit.count(severity)));
    report.put("summary", summary);
    report.put("findings", visit.findings().stream().map(JsonReport::finding).toList());
    report.put("clients", visit.clients().stream().map(JsonReport::client).toList());
    report.put(
        "checks", Arrays.stream(CheckId.values()).map(check -> check(visit, check)).toList());
    report.put("platforms", visit.platforms().stream().map(JsonReport::platform).toList());
    visit.token().ifPresent(verdict -> report.put("token", token(verdict)));
    return Json.write(report);
  }

  private static Map<String, Object> platform(Platform.Seen seen) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", seen.platform().title());
    members.put("evidence", seen.evidence());
    return members;
  }

  private static Map<String, Object> token(TokenVerdict verdict) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("verdict", verdict.kind().name().toLowerCase(Locale.ROOT));
    members.put("reason", verdict.reason());
    members.put("profile", verdict.profile());
    members.put("settings", verdict.settings());
    members.put("notes", verdict.notes());
    members.put("status", verdict.status());
    members.put("profiles", new LinkedHashMap<String, Object>(verdict.profiles()));
    return members;
  }

  private static Map<String, Object> client(Replay replay) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("client", replay.client().title());
    members.put("reachesLogin", replay.stopped().isEmpty());
    members.put("stopped", replay.stopped().orElse(""));
    members.put("steps", replay.steps());
    return members;
  }

  private static Map<String, Object> check(Visit visit, CheckId check) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", check.name());
    members.put("title", check.title());
    members.put("part", check.part().name().toLowerCase(Locale.ROOT));
    members.put("requirements", List.copyOf(check.requirements()));
    members.put(
        "found",
        (int) visit.findings().stream().filter(finding -> finding.check() == check).count());
    return members;
  }

  private static Map<String, Object> finding(Finding finding) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("check", finding.check().name());
    members.put("severity", name(finding.severity()));
    members.put("message", finding.message());
    members.put("seen", finding.seen());
    members.put("expected", finding.expected());
    members.put("clients", finding.clients());
    members.put("remedy", finding.remedy());
    return members;
  }

  static String name(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
