package dev.countersign.doctor.report;

import dev.countersign.doctor.check.CheckId;
import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Severity;
import dev.countersign.internal.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The findings as SARIF 2.1.0 (OASIS), which code hosts show beside the code. */
public final class SarifReport {

  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private SarifReport() {}

  /**
   * Writes the findings as one SARIF log with one run.
   *
   * @param visit what was found
   * @return the document
   */
  public static String of(Visit visit) {
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("name", "countersign-doctor");
    driver.put("rules", Arrays.stream(CheckId.values()).map(SarifReport::rule).toList());
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver));
    run.put(
        "results",
        visit.findings().stream().map(finding -> result(finding, visit.url().toString())).toList());
    Map<String, Object> log = new LinkedHashMap<>();
    log.put("$schema", SCHEMA);
    log.put("version", "2.1.0");
    log.put("runs", List.of(run));
    return Json.write(log);
  }

  private static Map<String, Object> rule(CheckId check) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("id", check.name());
    rule.put("shortDescription", Map.of("text", check.title()));
    rule.put("properties", Map.of("requirements", List.copyOf(check.requirements())));
    return rule;
  }

  private static Map<String, Object> result(Finding finding, String url) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ruleId", finding.check().name());
    result.put("level", level(finding.severity()));
    result.put("message", Map.of("text", finding.message()));
    result.put(
        "locations",
        List.of(Map.of("physicalLocation", Map.of("artifactLocation", Map.of("uri", url)))));
    return result;
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }
}
