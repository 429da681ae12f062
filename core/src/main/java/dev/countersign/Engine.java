package dev.countersign;

import dev.countersign.config.Mode;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.listener.DecisionCounters;
import dev.countersign.listener.LoggingListener;
import dev.countersign.spi.DecisionListener;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Finding;
import dev.countersign.spi.InMemorySharedStore;
import dev.countersign.spi.Repair;
import dev.countersign.spi.ResponseHead;
import dev.countersign.spi.Revocation;
import dev.countersign.spi.SharedStore;
import dev.countersign.spi.TokenValidator;
import dev.countersign.token.JwtTokenValidator;
import dev.countersign.token.TokenValidators;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that belongs to one configuration. What outlives it is handed from one engine to the
 * next: revocations, sessions, streams, counters. An engine that is made changes nothing of these
 * until it {@linkplain #takeOver takes over}: it may yet be refused.
 */
final class Engine {

  private static final Logger LOG = System.getLogger("dev.countersign");

  private final ResourceServerConfig config;
  private final Optional<AuthorizationServerMirror> mirror;
  private final IntrospectedCalls introspected;
  private final RaisedDenials raisedDenials;
  private final DecisionCounters counters;
  private final SelfCheck selfCheck;
  private final LoopbackProbe loopback;
  private final Repairs repairs;
  private final RepairLog repairLog;
  private final PassthroughLog passthroughLog;
  private final TokenValidator validator;
  private final TokenValidator guarded;
  private final Revocations revocations;
  private final SharedStore store;
  private final Sessions sessions;
  private final Streams streams;
  private final Admissions admissions;
  private final Runnable changed;

  // Whether somebody has asked for it, so that a new configuration is checked as well.
  private volatile boolean startChecked;

  /**
   * Makes an engine, which goes on where the one before it stops.
   *
   * @param before the engine of the last configuration; empty if this is the first
   * @param changed told when the findings of the self-check have changed
   */
  private Engine(
      ResourceServerConfig config,
      TokenValidator validator,
      Optional<Engine> before,
      Runnable changed) {
    this.changed = changed;
    this.config = config;
    this.validator = validator;
    this.revocations =
        before
            .map(
                one ->
                    one.revocations.under(
                        config.sharedStore(), config.clock(), config.revocationLists()))
            .orElseGet(
                () ->
                    new Revocations(
                        config.sharedStore(), config.clock(), config.revocationLists()));
    Resources resources = new Resources(config.resources());
    this.mirror =
        config.legacyAsMirror()
            ? Optional.of(AuthorizationServerMirror.of(config))
            : Optional.empty();
    WellKnown wellKnown = new WellKnown(config, mirror);
    Origins origins = new Origins(config);
    Hosts hosts = new Hosts(config);
    HiddenFields hidden = new HiddenFields(config.hardening());
    this.store =
        config
            .sharedStore()
            .or(
                () ->
                    before.filter(one -> one.config.sharedStore().isEmpty()).map(one -> one.store))
            .orElseGet(() -> InMemorySharedStore.create(config.clock()));
    this.introspected = new IntrospectedCalls(config);
    Answers answers = new Answers(config);
    this.guarded = new RevocationGuard(validator, revocations);
    this.sessions =
        before
            .map(one -> one.sessions.under(config.sharedStore(), config.sessions().life()))
            .orElseGet(
                () -> new Sessions(config.sharedStore(), config.sessions().life(), config.clock()));
    this.streams =
        before
            .map(one -> one.streams)
            .orElseGet(() -> new Streams(config.clock(), guarded, new StreamDaemons()));
    Leases leases = new Leases(config, sessions, streams);
    Judge judge = new Judge(config, guarded, introspected, store, answers, leases);
    HiddenAnswers hiddenAnswers = new HiddenAnswers(judge::body);
    ToolAnswers toolAnswers = new ToolAnswers(config, answers, judge::body);
    this.raisedDenials = new RaisedDenials(config, answers, toolAnswers);
    FailureThrottle failures =
        new FailureThrottle(
            config.mode() == Mode.ENFORCE ? config.failureLimit() : 0,
            RequestSources.of(config),
            config.clock());
    this.counters = before.map(one -> one.counters).orElseGet(DecisionCounters::new);
    List<DecisionListener> all = new ArrayList<>(config.listeners());
    all.add(new LoggingListener());
    if (config.jmx()) {
      all.add(counters);
    }
    Listeners listeners = new Listeners(List.copyOf(all));
    this.selfCheck = new SelfCheck(config.strictStart());
    this.loopback = new LoopbackProbe(config);
    this.repairs = new Repairs(config, resources, origins, answers);
    this.repairLog = new RepairLog(listeners);
    this.passthroughLog = new PassthroughLog(listeners);
    this.admissions =
        new Admissions(
            config,
            resources,
            selfCheck,
            loopback,
            wellKnown,
            new ClearText(config),
            hosts,
            origins,
            failures,
            judge,
            leases,
            hidden,
            hiddenAnswers,
            toolAnswers,
            raisedDenials,
            answers,
            listeners);
    selfCheck.report(SelfCheck.Part.CONFIGURATION, ConfigurationCheck.findings(config, answers));
  }

  /** As the constructor; says what is configured. */
  static Engine create(ResourceServerConfig config, Optional<Engine> before, Runnable changed) {
    TokenValidator validator = config.tokenValidator().orElseGet(() -> validator(config));
    LOG.log(Level.INFO, "{0}", config);
    config.advice().forEach(line -> LOG.log(Level.INFO, "advice: {0}", line));
    if (config.mode() == Mode.REPORT_ONLY) {
      LOG.log(Level.WARNING, "mode is report-only: everything is admitted, nothing is protected");
    }
    if (config.mode() == Mode.REPAIR) {
      LOG.log(Level.INFO, "mode is repair: the application has to judge the tokens itself");
    }
    try {
      return new Engine(config, validator, before, changed);
    } catch (RuntimeException | Error e) {
      endWork(validator, before);
      throw e;
    }
  }

  /** Becomes the engine that serves. */
  void takeOver() {
    if (config.jmx()) {
      counters.publish(config.resources().get(0).identifier().toString());
    } else {
      counters.close();
    }
    streams.judgeBy(guarded);
  }

  private static TokenValidator validator(ResourceServerConfig config) {
    return TokenValidators.of(
        config.jwtIssuers(),
        config.opaqueTokens(),
        new JwtTokenValidator.Settings(
            config.clock(), config.clockSkew(), config.maxTokenLength(), config.tokenCacheSize()));
  }

  /** Whether somebody wants to know what the authorization servers say. */
  boolean isStartChecked() {
    return startChecked;
  }

  /** As {@link ResourceServer#startCheck}. */
  void checkStart() {
    startChecked = true;
    if (!config.selfCheck()) {
      return;
    }
    Runnable check =
        () -> report(SelfCheck.Part.AUTHORIZATION_SERVERS, StartCheck.findings(config));
    if (config.strictStart()) {
      check.run();
      return;
    }
    Thread thread = new Thread(check, "countersign-start-check");
    thread.setDaemon(true);
    thread.start();
  }

  /** What the self-check has found in one part of the server, in place of what it found before. */
  void report(SelfCheck.Part part, List<Finding> found) {
    selfCheck.report(part, found);
    changed.run();
  }

  /** As {@link ResourceServer#probe}. */
  void probe(InetSocketAddress server, String contextPath) {
    if (!config.selfCheck()) {
      return;
    }
    LoopbackProbe.Outcome outcome = loopback.run(server, contextPath);
    selfCheck.report(server.getPort(), outcome.findings());
    if (outcome.metadata()) {
      // Somebody else serves what the attachment cannot.
      selfCheck.report(SelfCheck.Part.ATTACHMENT, List.of());
    }
    changed.run();
    if (outcome.findings().isEmpty()) {
      LOG.log(Level.INFO, "self-check: this server answers as clients expect");
    }
  }

  /** As {@link ResourceServer#revoke}. */
  void revoke(Revocation revocation, Duration life) {
    revocations.add(revocation, life);
    streams.end(token -> Revocations.concerns(revocation, token));
  }

  /** As {@link ResourceServer#mend}. */
  List<Repair> mend(Exchange request, ResponseHead head) {
    try {
      return repairs.mend(request, head);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // The response leaves as the application wrote it: still a refusal if it was one.
      LOG.log(Level.WARNING, "repairing a response failed with {0}", e.getClass().getName());
      return List.of();
    }
  }

  ResourceServerConfig config() {
    return config;
  }

  Admissions admissions() {
    return admissions;
  }

  SelfCheck selfCheck() {
    return selfCheck;
  }

  DecisionCounters counters() {
    return counters;
  }

  Revocations revocations() {
    return revocations;
  }

  RaisedDenials raisedDenials() {
    return raisedDenials;
  }

  RepairLog repairLog() {
    return repairLog;
  }

  PassthroughLog passthroughLog() {
    return passthroughLog;
  }

  Streams streams() {
    return streams;
  }

  /**
   * Ends what the engine that serves does not go on with.
   *
   * @param serving that engine; empty if none does any more
   */
  void endWork(Optional<Engine> serving) {
    endWork(validator, serving);
    introspected.close();
    mirror.ifPresent(AuthorizationServerMirror::close);
  }

  // An application may give the same one to both.
  @SuppressWarnings("ReferenceEquality")
  private static void endWork(TokenValidator validator, Optional<Engine> serving) {
    if (serving.filter(engine -> engine.validator == validator).isEmpty()) {
      validator.close();
    }
  }
}
