package dev.countersign.doctor.report;

import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Severity;
import dev.countersign.doctor.client.Replay;
import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Request;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came out of looking at a site. Immutable.
 *
 * @param url what was looked at
 * @param at when
 * @param findings what was found, in the order of the checks
 * @param clients how far each client gets
 * @param asked every request and its answer, in their order
 */
public record Visit(
    URI url, Instant at, List<Finding> findings, List<Replay> clients, Map<Request, Answer> asked) {

  /** Copies the collections. */
  public Visit {
    findings = List.copyOf(findings);
    clients = List.copyOf(clients);
    asked = Collections.unmodifiableMap(new LinkedHashMap<>(asked));
  }

  /**
   * How many findings are this bad.
   *
   * @param severity how bad
   * @return the count
   */
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /**
   * The exit code of the command.
   *
   * @return 1 if there is an error, or the one client that was asked for stops; otherwise 0
   */
  public int exitCode() {
    boolean stops = clients.size() == 1 && clients.get(0).stopped().isPresent();
    return count(Severity.ERROR) > 0 || stops ? 1 : 0;
  }
}
