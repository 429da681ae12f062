package dev.countersign;

import dev.countersign.config.ConfigException;
import dev.countersign.config.Mode;
import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.listener.DecisionCounters;
import dev.countersign.listener.LoggingListener;
import dev.countersign.mcp.Visibility;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.AuthScheme;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.Admission;
import dev.countersign.spi.DecisionEvent;
import dev.countersign.spi.DecisionListener;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Finding;
import dev.countersign.spi.InMemorySharedStore;
import dev.countersign.spi.Lease;
import dev.countersign.spi.Passthrough;
import dev.countersign.spi.Repair;
import dev.countersign.spi.ResponseHead;
import dev.countersign.spi.Revocation;
import dev.countersign.spi.SharedStore;
import dev.countersign.spi.TokenValidator;
import dev.countersign.token.JwtTokenValidator;
import dev.countersign.token.TokenValidators;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The engine: answers an exchange, or admits it to the application.
 *
 * <pre>
 * ResourceServer server = ResourceServer.create(config);
 * if (server.admit(exchange)) {
 *   application.handle(request, response);
 * }
 * </pre>
 *
 * <p>Thread-safe. It may block for one fetch of keys, or of the document that {@code
 * legacy-as-mirror} serves.
 */
public final class ResourceServer implements AutoCloseable {

  private static final Logger LOG = System.getLogger("dev.countersign");
  private static final Admission UNJUDGED = new Admission(Optional.empty(), List.of());

  private final ResourceServerConfig config;
  private final Resources resources;
  private final Optional<AuthorizationServerMirror> mirror;
  private final WellKnown wellKnown;
  private final Origins origins;
  private final Hosts hosts;
  private final HiddenFields hidden;
  private final IntrospectedCalls introspected;
  private final Judge judge;
  private final Answers answers;
  private final ToolAnswers toolAnswers;
  private final HiddenAnswers hiddenAnswers;
  private final RaisedDenials raisedDenials;
  private final FailureThrottle failures;
  private final DecisionCounters counters;
  private final SelfCheck selfCheck;
  private final LoopbackProbe loopback;
  private final Listeners listeners;
  private final Repairs repairs;
  private final RepairLog repairLog;
  private final PassthroughLog passthroughLog;
  private final TokenValidator validator;
  private final Revocations revocations;
  private final SharedStore store;
  private final Sessions sessions;
  private final Streams streams;
  private final Leases leases;

  // Whether somebody has asked for it, so that a new configuration is checked as well.
  private volatile boolean startChecked;

  // The engine of the newest configuration: this one, until there is another. Each request reads it
  // once and stays with what it has read.
  private volatile ResourceServer current = this;

  /**
   * Makes an engine, which goes on where the one before it stops.
   *
   * @param before the engine of the last configuration; empty if this is the first
   */
  private ResourceServer(
      ResourceServerConfig config, TokenValidator validator, Optional<ResourceServer> before) {
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
    this.resources = new Resources(config.resources());
    this.mirror =
        config.legacyAsMirror()
            ? Optional.of(AuthorizationServerMirror.of(config))
            : Optional.empty();
    this.wellKnown = new WellKnown(config, mirror);
    this.origins = new Origins(config);
    this.hosts = new Hosts(config);
    this.hidden = new HiddenFields(config.hardening());
    this.store =
        config
            .sharedStore()
            .or(
                () ->
                    before.filter(one -> one.config.sharedStore().isEmpty()).map(one -> one.store))
            .orElseGet(() -> InMemorySharedStore.create(config.clock()));
    this.introspected = new IntrospectedCalls(config);
    this.answers = new Answers(config);
    TokenValidator guarded = new RevocationGuard(validator, revocations);
    this.sessions =
        before
            .map(one -> one.sessions.under(config.sharedStore(), config.sessions().life()))
            .orElseGet(
                () -> new Sessions(config.sharedStore(), config.sessions().life(), config.clock()));
    this.streams =
        before
            .map(one -> one.streams)
            .orElseGet(() -> new Streams(config.clock(), guarded, new StreamDaemons()));
    streams.judgeBy(guarded);
    this.leases = new Leases(config, sessions, streams);
    this.judge = new Judge(config, guarded, introspected, store, answers, leases);
    this.hiddenAnswers = new HiddenAnswers(config);
    this.toolAnswers = new ToolAnswers(config, answers, judge::body);
    this.raisedDenials = new RaisedDenials(config, answers, toolAnswers);
    this.failures =
        new FailureThrottle(
            config.mode() == Mode.ENFORCE ? config.failureLimit() : 0,
            RequestSources.of(config),
            config.clock());
    this.counters = before.map(one -> one.counters).orElseGet(DecisionCounters::new);
    List<DecisionListener> all = new ArrayList<>(config.listeners());
    all.add(new LoggingListener());
    if (config.jmx()) {
      all.add(counters);
      counters.publish(config.resources().get(0).identifier().toString());
    } else {
      counters.close();
    }
    this.listeners = new Listeners(List.copyOf(all));
    this.selfCheck = new SelfCheck(config.strictStart());
    this.loopback = new LoopbackProbe(config);
    this.repairs = new Repairs(config, resources, origins, answers);
    this.repairLog = new RepairLog(listeners);
    this.passthroughLog = new PassthroughLog(listeners);
  }

  /**
   * Makes an engine. No connection is opened before the first token arrives.
   *
   * @param config the configuration
   * @return the engine; close it with the application
   */
  public static ResourceServer create(ResourceServerConfig config) {
    return create(config, Optional.empty());
  }

  private static ResourceServer create(
      ResourceServerConfig config, Optional<ResourceServer> before) {
    TokenValidator validator = config.tokenValidator().orElseGet(() -> validator(config));
    LOG.log(Level.INFO, "{0}", config);
    config.advice().forEach(line -> LOG.log(Level.INFO, "advice: {0}", line));
    if (config.mode() == Mode.REPORT_ONLY) {
      LOG.log(Level.WARNING, "mode is report-only: everything is admitted, nothing is protected");
    }
    if (config.mode() == Mode.REPAIR) {
      LOG.log(Level.INFO, "mode is repair: the application has to judge the tokens itself");
    }
    ResourceServer made = new ResourceServer(config, validator, before);
    made.report(SelfCheck.Part.CONFIGURATION, ConfigurationCheck.findings(config, made.answers));
    return made;
  }

  /**
   * Goes on with another configuration, all of it or nothing: if it has a problem, the problem is
   * logged and the old configuration stays. What was revoked on this node stays revoked; keys are
   * fetched anew. A request that waits for the authorization server at this very moment is answered
   * 503 with {@code Retry-After}. What {@link #startCheck} has asked is asked again; with {@code
   * strict-start} an error is a problem of the new configuration.
   *
   * @param configuration reads the new configuration; may throw
   * @return whether it holds now
   */
  public boolean reload(Supplier<ResourceServerConfig> configuration) {
    ResourceServer old = current;
    ResourceServer made;
    try {
      made = create(configuration.get(), Optional.of(old));
    } catch (ConfigException e) {
      LOG.log(Level.ERROR, "the configuration stays as it is; the new one: {0}", e.getMessage());
      return false;
    } catch (RuntimeException e) {
      // The message could hold a secret.
      String what = e.getClass().getName();
      LOG.log(Level.ERROR, "the configuration stays as it is; reading the new one: {0}", what);
      return false;
    }
    if (old.startChecked) {
      made.checkStart();
    }
    if (made.selfCheck.isRefusing()) {
      LOG.log(Level.ERROR, "the configuration stays as it is; the new one has errors");
      counters.show(findings());
      made.endWork();
      return false;
    }
    current = made;
    counters.show(findings());
    old.endWork();
    return true;
  }

  /**
   * Asks each authorization server for its metadata and keys, on a thread of its own, and reports
   * what does not fit: another issuer (RFC 8414 section 3.3), no key set, nothing that lets clients
   * log in. With {@code strict-start} it blocks until that is done, at most some seconds for each
   * authorization server. Does nothing with {@code self-check=false}. It can be called again.
   */
  public void startCheck() {
    current.checkStart();
  }

  private void checkStart() {
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

  private void report(SelfCheck.Part part, List<Finding> found) {
    selfCheck.report(part, found);
    // Of an engine that is no more, or not yet, nobody wants to know.
    counters.show(findings());
  }

  /**
   * Calls this very server through the loopback, without a token: each resource has to answer 401
   * with its challenge, and its metadata has to be where the challenge says. What is not so is
   * reported. For attachments, on a thread that may wait two seconds for each of these calls. They
   * follow no redirect, send nothing secret, and are no decisions for listeners and counters. Does
   * nothing with {@code self-check=false}.
   *
   * @param server where this server listens, on an address of this machine; what was found at the
   *     same port before is replaced
   * @param contextPath the path below which the attachment stands; empty for the whole server
   */
  public void probe(InetSocketAddress server, String contextPath) {
    ResourceServer now = current;
    if (!now.config.selfCheck()) {
      return;
    }
    LoopbackProbe.Outcome outcome = now.loopback.run(server, contextPath);
    now.selfCheck.report(server.getPort(), outcome.findings());
    now.counters.show(now.findings());
    if (outcome.metadata()) {
      // Somebody else serves what the attachment cannot.
      now.report(SelfCheck.Part.ATTACHMENT, List.of());
    }
    if (outcome.findings().isEmpty()) {
      LOG.log(Level.INFO, "self-check: this server answers as clients expect");
    }
  }

  /**
   * Reports what an attachment cannot do where it stands, in place of what it has reported before.
   *
   * @param findings what it is
   */
  public void attached(List<Finding> findings) {
    ResourceServer now = current;
    now.report(SelfCheck.Part.ATTACHMENT, findings);
  }

  /**
   * What the self-check has found, for a health endpoint: about the settings; about the
   * authorization servers, as they were when {@link #startCheck} asked; about the place of the
   * attachment; and about this server's own answers.
   *
   * @return the findings that stand, unmodifiable; empty if all is well or nothing was checked
   */
  public List<Finding> findings() {
    return current.selfCheck.findings();
  }

  /**
   * Whether nothing is served, because {@code strict-start} is on and there is an error among the
   * {@linkplain #findings findings}. Every request is answered 503 then.
   *
   * @return false, unless so configured
   */
  public boolean isRefusing() {
    return current.selfCheck.isRefusing();
  }

  private static TokenValidator validator(ResourceServerConfig config) {
    return TokenValidators.of(
        config.jwtIssuers(),
        config.opaqueTokens(),
        new JwtTokenValidator.Settings(
            config.clock(), config.clockSkew(), config.maxTokenLength(), config.tokenCacheSize()));
  }

  /**
   * Makes access tokens no good before they expire, a logout for instance: from the next request on
   * they are answered 401 with {@code invalid_token}, on every node that shares the store, and
   * streams that they have opened end, on other nodes within a minute. The session is the right
   * claim for a logout; a revoked user or client stays so for its next tokens as well.
   *
   * @param revocation which tokens
   * @param life for how long; at least as long as such tokens live
   * @throws IllegalArgumentException if the life is not more than zero
   * @throws dev.countersign.spi.StoreUnavailableException if the store is out of reach or full:
   *     nothing was revoked
   */
  public void revoke(Revocation revocation, Duration life) {
    ResourceServer now = current;
    now.revocations.add(revocation, life);
    now.streams.end(token -> Revocations.concerns(revocation, token));
  }

  /**
   * Takes a revocation back.
   *
   * @param revocation what was revoked; nothing happens if it was not
   */
  public void restore(Revocation revocation) {
    current.revocations.remove(revocation);
  }

  /**
   * The configuration of this engine.
   *
   * @return the one it was made from, or the one that was loaded last
   */
  public ResourceServerConfig config() {
    return current.config;
  }

  /**
   * Answers the exchange, or admits it. In repair mode only requests for metadata are answered; the
   * application judges the others.
   *
   * @param exchange the request and the way to its response
   * @return true when the application must handle it now; false when it has been answered
   * @throws IOException if the answer cannot be written
   */
  public boolean admit(Exchange exchange) throws IOException {
    ResourceServer now = current;
    return now.admit(exchange, now.judge.validator());
  }

  /**
   * Answers the exchange, or admits it, if that is possible without asking anybody: there are no
   * credentials, or a token that was judged a moment ago, and no rule that has to read the body.
   * Never blocks, so that an event loop can call it.
   *
   * @param exchange the request and the way to its response
   * @return as from {@link #admit}; empty if nothing has been done, and {@link #admit} has to be
   *     called on a thread that may block
   * @throws IOException if the answer cannot be written
   */
  public Optional<Boolean> admitAtOnce(Exchange exchange) throws IOException {
    return current.tryToAdmit(exchange);
  }

  private Optional<Boolean> tryToAdmit(Exchange exchange) throws IOException {
    if (wellKnown.mayBlock(exchange) || toolAnswers.mayReadBody(exchange)) {
      return Optional.empty();
    }
    if (config.mode() == Mode.REPAIR) {
      return Optional.of(admit(exchange, judge.validator()));
    }
    Optional<TokenValidator> tokens =
        judge.knowing(exchange, resources.of(exchange.path()).resource());
    return tokens.isPresent() ? Optional.of(admit(exchange, tokens.get())) : Optional.empty();
  }

  private boolean admit(Exchange exchange, TokenValidator tokens) throws IOException {
    if (selfCheck.isRefusing()) {
      exchange.send(
          answers.to(
              new Decision.Undecided("strict-start"),
              resources.of(exchange.path()).resource(),
              exchange.method(),
              AuthScheme.BEARER));
      return false;
    }
    Optional<Response> document = wellKnown.answer(exchange);
    if (document.isPresent()) {
      exchange.send(document.get());
      return false;
    }
    if (config.mode() == Mode.REPAIR) {
      exchange.accept(UNJUDGED);
      return true;
    }
    boolean preflight = origins.isPreflight(exchange) && hosts.isAllowed(exchange);
    if (config.mode() == Mode.REPORT_ONLY) {
      exchange.accept(preflight ? UNJUDGED : reported(readable(exchange), tokens));
      return true;
    }
    List<FieldLine> cors = origins.fields(exchange);
    if (preflight) {
      exchange.send(origins.preflight(exchange, cors));
      return false;
    }
    return settle(readable(exchange), cors, tokens);
  }

  // The body is read for the decision, for the answer in the name of the application, and for what
  // becomes of its lists.
  private Exchange readable(Exchange exchange) {
    return toolAnswers.mayReadBody(exchange)
            || !resources.of(exchange.path()).resource().visibility().equals(Visibility.FULL)
        ? new ReadExchange(exchange)
        : exchange;
  }

  private Admission reported(Exchange exchange, TokenValidator tokens) {
    Resources.Selected selected = resources.of(exchange.path());
    Judgement judgement = decide(exchange, selected, tokens);
    return new Admission(
        tokenOf(judgement.decision()),
        List.of(),
        List.of(),
        lease(exchange, judgement, selected),
        Optional.empty());
  }

  private Admission admission(
      Exchange exchange, Judgement judgement, List<FieldLine> fields, Resources.Selected selected) {
    List<String> unseen = hidden.of(judgement.decision());
    return new Admission(
        tokenOf(judgement.decision()),
        fields,
        leases.hidesSession(exchange) ? concat(unseen, List.of(SessionUse.FIELD)) : unseen,
        lease(exchange, judgement, selected),
        judgement.filter());
  }

  private Lease lease(Exchange exchange, Judgement judgement, Resources.Selected selected) {
    return judgement.admits() && !judge.isPublic(exchange)
        ? leases.grant(exchange, judgement.decision(), selected.resource())
        : Lease.NONE;
  }

  private boolean settle(Exchange exchange, List<FieldLine> cors, TokenValidator tokens)
      throws IOException {
    Resources.Selected selected = resources.of(exchange.path());
    Judgement judgement = decide(exchange, selected, tokens);
    Decision decision = judgement.decision();
    List<FieldLine> fields = concat(judgement.fields(), cors);
    if (judgement.admits()) {
      exchange.accept(admission(exchange, judgement, fields, selected));
      return true;
    }
    AuthScheme used = SenderConstraint.schemeOf(exchange);
    Optional<Response> ofApplication = hiddenAnswers.to(decision, exchange);
    if (ofApplication.isEmpty()) {
      ofApplication = toolAnswers.to(decision, selected.resource(), exchange, used);
    }
    Response answer =
        ofApplication.isPresent()
            ? ofApplication.get()
            : answers.to(decision, selected.resource(), exchange.method(), used);
    exchange.send(answer.with(fields));
    return false;
  }

  private static <T> List<T> concat(List<T> one, List<T> other) {
    // Mostly one of them is empty, and a refusal is sent as it was prepared.
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  private Judgement decide(Exchange exchange, Resources.Selected selected, TokenValidator tokens) {
    Instant at = config.clock().instant();
    long start = System.nanoTime();
    Judgement judgement = judgeFromOutside(exchange, selected, tokens);
    tell(
        exchange,
        selected.resource(),
        judgement.decision(),
        at,
        Duration.ofNanos(System.nanoTime() - start));
    return judgement;
  }

  private void tell(
      Exchange exchange,
      ProtectedResource resource,
      Decision decision,
      Instant at,
      Duration taken) {
    if (loopback.isOwn(exchange, decision)) {
      return;
    }
    listeners.tell(
        new DecisionEvent(
            at,
            resource.identifier(),
            exchange.method(),
            exchange.path(),
            decision,
            taken,
            config.mode() == Mode.ENFORCE,
            Judge.hasTokenInQuery(exchange.query())));
  }

  // Browsers first, before anything is told about a token.
  private Judgement judgeFromOutside(
      Exchange exchange, Resources.Selected selected, TokenValidator tokens) {
    if (!hosts.isAllowed(exchange)) {
      return Judgement.of(Hosts.DENIED);
    }
    return origins.isAllowed(exchange)
        ? judgeUnlessHeld(exchange, selected, tokens)
        : Judgement.of(Origins.DENIED);
  }

  private Judgement judgeUnlessHeld(
      Exchange exchange, Resources.Selected selected, TokenValidator tokens) {
    return failures.isExceeded(exchange)
        ? Judgement.of(FailureThrottle.DENIED)
        : failures.counted(exchange, judge.decide(exchange, selected, tokens));
  }

  private static Optional<AccessToken> tokenOf(Decision decision) {
    return decision instanceof Decision.Granted granted
        ? Optional.of(granted.accessToken())
        : Optional.empty();
  }

  /**
   * Makes sure of a scope while a request is handled, as {@link AccessToken#requireScopes} does,
   * but a broader scope stands for what it implies by the configuration.
   *
   * @param token the token of the request
   * @param tokens every scope-token that the operation needs
   * @throws dev.countersign.oauth.InsufficientScopeException if one is missing
   * @throws IllegalArgumentException if one is no scope-token
   */
  public void requireScopes(AccessToken token, String... tokens) {
    current.raisedDenials.require(token, Scope.of(tokens));
  }

  /**
   * The answer to a request whose application has found that the token has too little scope, for an
   * attachment that catches {@link dev.countersign.oauth.InsufficientScopeException}: 403 with a
   * challenge that names the needed scope, and what the token has.
   *
   * @param request the request; its method, path and fields are read
   * @param needed every scope-token that the operation needs
   * @param held the scope of the token; {@link Scope#NONE} if it is not known
   * @return what to write; nothing of it has been sent
   */
  public Response refusal(Exchange request, Scope needed, Scope held) {
    return current.raised(request, needed, held);
  }

  private Response raised(Exchange request, Scope needed, Scope held) {
    ProtectedResource resource = resources.of(request.path()).resource();
    Decision.Denied denied = raisedDenials.of(resource, needed, held);
    tell(request, resource, denied, config.clock().instant(), Duration.ZERO);
    return answers
        .to(denied, resource, request.method(), SenderConstraint.schemeOf(request))
        .with(origins.fields(request));
  }

  /**
   * The same as the result of a tool, where the application cannot leave the answer to the
   * attachment: MCP SDKs catch what a tool throws, and may have begun the response. No listener is
   * told.
   *
   * @param token the token of the request
   * @param needed every scope-token that the operation needs
   * @return what the result has to hold
   */
  public ToolDenial toolDenial(AccessToken token, Scope needed) {
    return current.raisedDenials.ofTool(token, needed);
  }

  /**
   * Puts the fields of the application's response right, just before its head leaves: a 401 gets
   * the challenge that it lacks, a challenge that is there becomes one that every client reads,
   * with all that the application knew, and pages of allowed origins can read it. The status stays
   * as it is, so that no refusal becomes an admission. In report-only mode nothing is changed, but
   * told.
   *
   * <p>Shows the head to the {@linkplain Exchange#lease lease} of the request as well, so that a
   * session belongs to whoever began it and a stream ends with its token.
   *
   * <p>Does nothing to a response that this engine has sent, nor when it is called again. Never
   * throws. Costs a look at a few fields if there is nothing to do.
   *
   * @param request the request; its method, path, query and fields are read, once more
   * @param head the head of the response
   */
  public void complete(Exchange request, ResponseHead head) {
    Lease lease = request.lease();
    lease.begin(head);
    if (lease instanceof AdmittedLease admitted) {
      admitted.headLeaves();
    }
    report(mend(request, head));
  }

  /**
   * The first half of {@link #complete}, for an attachment that cannot know when the head leaves
   * and therefore puts it right after every change.
   *
   * @param request the request
   * @param head the head as the application wrote it
   * @return what was put right, to be {@linkplain #report reported} once the head cannot change any
   *     more
   */
  public List<Repair> mend(Exchange request, ResponseHead head) {
    try {
      return current.repairs.mend(request, head);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // The response leaves as the application wrote it: still a refusal if it was one.
      LOG.log(Level.WARNING, "repairing a response failed with {0}", e.getClass().getName());
      return List.of();
    }
  }

  /**
   * The second half of {@link #complete}: counts the repairs, tells the listeners, and logs each
   * kind of repair once.
   *
   * @param done what was put right
   */
  public void report(List<Repair> done) {
    done.forEach(current.repairLog::note);
  }

  /**
   * How many fields of responses were put right, or would have been.
   *
   * @return a count since this engine was made
   */
  public long repairCount() {
    return current.repairLog.count();
  }

  /**
   * Takes note of an access token of a client that the application was about to send on: counts it,
   * tells the listeners, and logs each pair of client and host once.
   *
   * @param passthrough where it was to go
   */
  public void report(Passthrough passthrough) {
    current.passthroughLog.note(passthrough);
  }

  /**
   * How many access tokens of clients were about to be sent on.
   *
   * @return a count since this engine was made
   */
  public long passthroughCount() {
    return current.passthroughLog.count();
  }

  /** Looks for streams that have to end, as it is done once a second anyway. */
  void endStreams() {
    current.streams.tick();
  }

  /** Ends background work, and every open stream. Afterwards every token is answered 503. */
  @Override
  public void close() {
    ResourceServer now = current;
    now.streams.close();
    now.counters.close();
    now.endWork();
  }

  private void endWork() {
    validator.close();
    introspected.close();
    mirror.ifPresent(AuthorizationServerMirror::close);
  }
}
