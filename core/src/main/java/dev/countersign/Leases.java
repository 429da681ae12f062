package dev.countersign;

import dev.countersign.config.Mode;
import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SessionRules;
import dev.countersign.mcp.ProtocolRevision;
import dev.countersign.oauth.AuthScheme;
import dev.countersign.oauth.Credentials;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What holds beyond one request: a session is its caller's alone, and a stream lasts as long as its
 * token. Thread-safe.
 */
final class Leases {

  private final ResourceServerConfig config;
  private final SessionRules rules;
  private final Set<AuthScheme> schemes;
  private final RequestSources sources;
  private final Sessions sessions;
  private final Streams streams;

  Leases(ResourceServerConfig config, Sessions sessions, Streams streams) {
    this.config = config;
    this.rules = config.sessions();
    this.schemes = SenderConstraint.schemes(config.senderConstraints());
    this.sources = RequestSources.of(config);
    this.sessions = sessions;
    this.streams = streams;
  }

  /** Whether {@link #refusal} may ask something outside of this process. */
  boolean mayBlock(Exchange exchange) {
    return rules.binding() && sessions.mayBlock() && !exchange.headers(SessionUse.FIELD).isEmpty();
  }

  /** Whether the session of the request means nothing, and the application must not see it. */
  boolean hidesSession(Exchange exchange) {
    return rules.binding()
        && !exchange.headers(SessionUse.FIELD).isEmpty()
        && isStateless(exchange);
  }

  /** Why an exchange that is otherwise good must not pass; empty if it may. */
  Optional<Decision> refusal(Exchange exchange, Decision admitting) {
    Optional<Decision> session = rules.binding() ? session(exchange, admitting) : Optional.empty();
    return session.isEmpty() && hasTooMany(exchange, admitting)
        ? Optional.of(new Decision.Denied(Denial.TOO_MANY_STREAMS, ""))
        : session;
  }

  private static Caller callerOf(Decision admitting) {
    return admitting instanceof Decision.Granted granted
        ? Caller.of(granted.accessToken())
        : Caller.NOBODY;
  }

  private Optional<Decision> session(Exchange exchange, Decision admitting) {
    List<String> lines = exchange.headers(SessionUse.FIELD);
    if (lines.isEmpty()) {
      return resumesOutside(exchange) ? denied("a stream outside of a session") : Optional.empty();
    }
    Caller caller = callerOf(admitting);
    if (isStateless(exchange)) {
      // It means nothing, but an application might take it for something.
      boolean anothers = lines.stream().anyMatch(line -> isAnothers(line.strip(), caller));
      return anothers ? denied("the session of another caller") : Optional.empty();
    }
    String id = lines.get(0).strip();
    if (lines.size() > 1 || !SessionUse.isWellFormed(id)) {
      return Optional.of(new Decision.Denied(Denial.SESSION_MALFORMED, ""));
    }
    return switch (sessions.standing(id, caller)) {
      case OWN -> Optional.empty();
      case ANOTHERS -> denied("the session of another caller");
      case UNKNOWN -> denied("a session that nobody knows");
    };
  }

  private static Optional<Decision> denied(String detail) {
    return Optional.of(new Decision.Denied(Denial.SESSION, detail));
  }

  private boolean isAnothers(String id, Caller caller) {
    return SessionUse.isWellFormed(id)
        && sessions.standing(id, caller) == Sessions.Standing.ANOTHERS;
  }

  // Where there are sessions, what is resumed is a stream of one.
  private boolean resumesOutside(Exchange exchange) {
    return exchange.method().equals("GET")
        && sessions.any()
        && !exchange.headers("Last-Event-ID").isEmpty()
        && !isStateless(exchange);
  }

  private static boolean isStateless(Exchange exchange) {
    return ProtocolRevision.of(exchange.headers("MCP-Protocol-Version"))
        .filter(ProtocolRevision::isStateless)
        .isPresent();
  }

  private boolean hasTooMany(Exchange exchange, Decision admitting) {
    return rules.maxStreams() > 0
        && asksForStream(exchange)
        && streams.count(callerOf(admitting)) >= rules.maxStreams();
  }

  private static boolean asksForStream(Exchange exchange) {
    return listens(exchange)
        && (!exchange.method().equals("GET")
            || exchange.headers("Accept").stream()
                .anyMatch(types -> types.contains("text/event-stream")));
  }

  // The method of the body, which agrees with the field or is refused.
  private static boolean listens(Exchange exchange) {
    return exchange.method().equals("GET") || subscribes(exchange.headers("Mcp-Method"));
  }

  // Asked of every request, so without a stream.
  private static boolean subscribes(List<String> methods) {
    for (String method : methods) {
      if (method.strip().equals("subscriptions/listen")) {
        return true;
      }
    }
    return false;
  }

  /** What goes with the admission of an exchange that is not on a public path. */
  Lease grant(Exchange exchange, Decision admitting, ProtectedResource resource) {
    Optional<SessionUse> use = rules.binding() ? use(exchange, admitting) : Optional.empty();
    Optional<StreamTerms> terms =
        admitting instanceof Decision.Granted granted && ends(exchange)
            ? terms(exchange, granted, resource)
            : Optional.empty();
    return use.isEmpty() && terms.isEmpty() ? Lease.NONE : new AdmittedLease(use, terms, streams);
  }

  private Optional<SessionUse> use(Exchange exchange, Decision admitting) {
    String method = exchange.method();
    if ((!method.equals("POST") && !method.equals("DELETE")) || isStateless(exchange)) {
      return Optional.empty();
    }
    List<String> own = exchange.headers(SessionUse.FIELD);
    if (method.equals("POST")) {
      return own.isEmpty()
          ? Optional.of(SessionUse.beginning(callerOf(admitting), sessions))
          : Optional.empty();
    }
    return own.isEmpty()
        ? Optional.empty()
        : Optional.of(SessionUse.ending(own.get(0).strip(), callerOf(admitting), sessions));
  }

  private boolean ends(Exchange exchange) {
    return config.mode() == Mode.ENFORCE
        && switch (rules.endStreams()) {
          case LISTEN -> listens(exchange);
          case ALL -> true;
          case NONE -> false;
        };
  }

  private Optional<StreamTerms> terms(
      Exchange exchange, Decision.Granted granted, ProtectedResource resource) {
    Credentials credentials =
        Credentials.from(exchange.headers("Authorization"), config.maxTokenLength(), schemes);
    return credentials instanceof Credentials.Presented presented
        ? Optional.of(
            new StreamTerms(
                granted.accessToken(),
                presented.token(),
                resource.identifier(),
                sources.of(exchange),
                config.clockSkew(),
                listens(exchange) ? rules.maxStreams() : 0,
                config.clock().instant()))
        : Optional.empty();
  }
}
