package dev.countersign;

import dev.countersign.config.Mode;
import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.internal.LoopbackCall;
import dev.countersign.internal.LoopbackCall.Answer;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Finding;
import dev.countersign.spi.Finding.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Calls this very server without a token: each resource must refuse, and its metadata must be where
 * its challenge says. Thread-safe.
 */
final class LoopbackProbe {

  private static final String FIELD = "Countersign-Self-Check";
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final int MAX_RESOURCES = 16;

  // What a server or a firewall inside it says before it looks for who handles the request.
  private static final Set<Integer> BEFORE_ROUTING = Set.of(400, 403, 404, 408, 421, 426, 429, 505);

  private final ResourceServerConfig config;
  private final ReentrantLock lock = new ReentrantLock();

  // Of the probe that runs now. Whoever sends this number is the probe.
  private volatile String number = "";

  LoopbackProbe(ResourceServerConfig config) {
    this.config = config;
  }

  /**
   * What came of it.
   *
   * @param findings what is wrong
   * @param metadata whether all metadata is where clients look
   */
  record Outcome(List<Finding> findings, boolean metadata) {}

  /** Whether a decision is about a request of the probe, which is no event for anybody. */
  boolean isOwn(Exchange exchange, Decision decision) {
    String own = number;
    return !own.isEmpty()
        && decision instanceof Decision.Denied denied
        && denied.why() == Denial.NO_CREDENTIALS
        && exchange.headers(FIELD).contains(own);
  }

  /**
   * Calls; one at a time.
   *
   * @param server where this server listens
   * @param contextPath the path below which the engine stands; empty for the whole server
   */
  Outcome run(InetSocketAddress server, String contextPath) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    lock.lock();
    try {
      number = HexFormat.of().formatHex(random);
      return call(server, contextPath);
    } finally {
      number = "";
      lock.unlock();
    }
  }

  private Outcome call(InetSocketAddress server, String contextPath) {
    List<Finding> findings = new ArrayList<>();
    boolean metadata = true;
    for (ProtectedResource resource : config.resources().stream().limit(MAX_RESOURCES).toList()) {
      ResourceIdentifier identifier = resource.identifier();
      if (config.mode() == Mode.ENFORCE && isBelow(identifier.path(), contextPath)) {
        guard(identifier, get(server, identifier, identifier.path())).ifPresent(findings::add);
      }
      Optional<Finding> missing =
          metadata(identifier, get(server, identifier, identifier.metadataPath()));
      metadata &= missing.isEmpty();
      // The attachment has told already what it cannot serve below its context.
      missing.filter(finding -> contextPath.isEmpty()).ifPresent(findings::add);
    }
    String where = "port " + server.getPort() + " through the loopback, ";
    return new Outcome(
        findings.stream()
            .map(found -> new Finding(found.id(), found.level(), where + found.text()))
            .toList(),
        metadata);
  }

  private static boolean isBelow(String path, String contextPath) {
    return path.equals(contextPath) || path.startsWith(contextPath + "/");
  }

  private Optional<Answer> get(
      InetSocketAddress server, ResourceIdentifier identifier, String path) {
    String host = URI.create(identifier.toString()).getRawAuthority();
    return LoopbackCall.get(
        server, host, path.isEmpty() ? "/" : path, FIELD + ": " + number, DEADLINE);
  }

  private static Optional<Finding> guard(ResourceIdentifier identifier, Optional<Answer> got) {
    if (got.isEmpty()) {
      return unproven("D01", identifier.path(), "no answer");
    }
    Answer answer = got.get();
    if (answer.status() == 401) {
      return answer.values("WWW-Authenticate").stream()
              .anyMatch(challenge -> challenge.contains('"' + identifier.metadataUrl() + '"'))
          ? Optional.empty()
          : finding(
              "D05",
              Level.WARNING,
              identifier.path(),
              "401 with another challenge than ours: something in front of the engine answers");
    }
    if (isBeforeRouting(answer)) {
      return unproven(isRedirect(answer) ? "D20" : "D32", identifier.path(), status(answer));
    }
    return finding(
        "D32",
        Level.ERROR,
        identifier.path(),
        status(answer) + " without a token instead of 401: nothing protects this path");
  }

  private static Optional<Finding> metadata(ResourceIdentifier identifier, Optional<Answer> got) {
    String path = identifier.metadataPath();
    if (got.isEmpty()) {
      return unproven("D01", path, "no answer");
    }
    Answer answer = got.get();
    if (answer.status() == 200) {
      return answer.body().contains('"' + identifier.toString() + '"')
          ? Optional.empty()
          : finding("D18", Level.ERROR, path, "200 with something else than our metadata");
    }
    if (answer.status() == 401 || answer.status() == 403) {
      return finding("D17", Level.ERROR, path, status(answer) + ": metadata must be public");
    }
    if (isBeforeRouting(answer) && answer.status() != 404) {
      return unproven(isRedirect(answer) ? "D20" : "D15", path, status(answer));
    }
    return finding(
        "D15", Level.ERROR, path, status(answer) + ": clients look there for the metadata");
  }

  private static boolean isRedirect(Answer answer) {
    return answer.status() / 100 == 3;
  }

  // A redirect to https for instance, or an outage.
  private static boolean isBeforeRouting(Answer answer) {
    return isRedirect(answer) || answer.status() >= 500 || BEFORE_ROUTING.contains(answer.status());
  }

  private static String status(Answer answer) {
    return "status " + answer.status();
  }

  private static Optional<Finding> unproven(String id, String path, String what) {
    return finding(id, Level.WARNING, path, what + ", so the answer to clients is not proven");
  }

  private static Optional<Finding> finding(String id, Level level, String path, String text) {
    return Optional.of(new Finding(id, level, "GET " + path + ": " + text));
  }
}
