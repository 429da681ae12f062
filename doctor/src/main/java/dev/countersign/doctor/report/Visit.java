package dev.countersign.doctor.report;

import dev.countersign.doctor.check.CheckId;
import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Platform;
import dev.countersign.doctor.check.Severity;
import dev.countersign.doctor.client.Replay;
import dev.countersign.doctor.token.TokenVerdict;
import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Request;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came out of looking at a site. Immutable.
 *
 * @param url what was looked at
 * @param at when
 * @param findings what was found, in the order of the checks
 * @param clients how far each client gets
 * @param asked every request and its answer, in their order
 * @param platforms what the site runs on, as far as it is certain
 * @param token what would become of the token that was given; empty if there was none
 */
public record Visit(
    URI url,
    Instant at,
    List<Finding> findings,
    List<Replay> clients,
    Map<Request, Answer> asked,
    List<Platform.Seen> platforms,
    Optional<TokenVerdict> token) {

  /** Copies the collections. */
  public Visit {
    findings = List.copyOf(findings);
    clients = List.copyOf(clients);
    asked = Collections.unmodifiableMap(new LinkedHashMap<>(asked));
    platforms = List.copyOf(platforms);
  }

  /**
   * A visit without a token to an unknown platform.
   *
   * @param url what was looked at
   * @param at when
   * @param findings what was found, in the order of the checks
   * @param clients how far each client gets
   * @param asked every request and its answer, in their order
   */
  public Visit(
      URI url,
      Instant at,
      List<Finding> findings,
      List<Replay> clients,
      Map<Request, Answer> asked) {
    this(url, at, findings, clients, asked, List.of(), Optional.empty());
  }

  /**
   * Whether there was an answer to anything.
   *
   * @return false if the site could not be reached
   */
  public boolean isReached() {
    return findings.stream().noneMatch(finding -> finding.check() == CheckId.D01);
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
   * @return 1 if there is an error, the one client that was asked for stops, or the token that was
   *     given would be refused; otherwise 0
   */
  public int exitCode() {
    boolean stops = clients.size() == 1 && clients.get(0).stopped().isPresent();
    boolean refused = token.filter(TokenVerdict::isRefused).isPresent();
    return count(Severity.ERROR) > 0 || stops || refused ? 1 : 0;
  }
}
