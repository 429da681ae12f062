package dev.countersign.conformance;

import dev.countersign.internal.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The report for a script. The schema is described in {@code docs/conformance.md} and stays. */
public final class JsonReport {

  /** Raised when a member goes away or changes its meaning; new ones may appear at any time. */
  private static final int SCHEMA = 1;

  private JsonReport() {}

  /**
   * Writes the report as one JSON object.
   *
   * @param report what came of the suite
   * @return the document
   */
  public static String of(Report report) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", SCHEMA);
    document.put("name", report.name());
    document.put("conforms", report.conforms());
    Map<String, Object> summary = new LinkedHashMap<>();
    for (Level level : Level.values()) {
      summary.put(level.name().toLowerCase(Locale.ROOT), summary(report, level));
    }
    document.put("summary", summary);
    document.put(
        "rules",
        report.outcomes().entrySet().stream()
            .map(one -> rule(one.getKey(), one.getValue()))
            .toList());
    return Json.write(document);
  }

  private static Map<String, Object> summary(Report report, Level level) {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("kept", report.kept(level));
    counts.put("broken", report.tried(level) - report.kept(level));
    counts.put("notTried", report.untried(level));
    return counts;
  }

  private static Map<String, Object> rule(Rule rule, Outcome outcome) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", rule.id());
    members.put("level", rule.level().name());
    members.put("title", rule.title());
    members.put("outcome", outcome.word());
    members.put("why", outcome.why());
    return members;
  }
}
