package dev.countersign;

import dev.countersign.config.Mode;
import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.FieldLine;
import dev.countersign.http.FieldNames;
import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.AuthScheme;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.Admission;
import dev.countersign.spi.DecisionEvent;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import dev.countersign.spi.TokenValidator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The way of a request, with one configuration: what the engine serves itself, what is refused
 * before anybody looks at a token, the judgement, and its answer.
 *
 * @param config the settings
 * @param resources finds the resource of a path
 * @param selfCheck may refuse everything
 * @param loopback knows its own requests
 * @param wellKnown serves metadata
 * @param clearText refuses what came without TLS
 * @param hosts refuses other hosts
 * @param origins refuses other origins, and answers preflights
 * @param failures holds sources of bad credentials
 * @param judge judges
 * @param leases keeps sessions and streams
 * @param hidden what the application is not to see
 * @param hiddenAnswers answers in the name of the application
 * @param toolAnswers answers as the result of a tool
 * @param raisedDenials what the application itself denies
 * @param answers answers
 * @param listeners are told of each decision
 */
record Admissions(
    ResourceServerConfig config,
    Resources resources,
    SelfCheck selfCheck,
    LoopbackProbe loopback,
    WellKnown wellKnown,
    ClearText clearText,
    Hosts hosts,
    Origins origins,
    FailureThrottle failures,
    Judge judge,
    Leases leases,
    HiddenFields hidden,
    HiddenAnswers hiddenAnswers,
    ToolAnswers toolAnswers,
    RaisedDenials raisedDenials,
    Answers answers,
    Listeners listeners) {

  private static final Admission UNJUDGED = new Admission(Optional.empty(), List.of());

  /** As {@link ResourceServer#admitAtOnce}. */
  Optional<Boolean> admitAtOnce(Exchange received) throws IOException {
    ReadExchange exchange = new ReadExchange(received);
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

  /** As {@link ResourceServer#admit(Exchange)}. */
  boolean admit(Exchange received) throws IOException {
    ReadExchange exchange = new ReadExchange(received);
    try {
      return admit(exchange, judge.validator());
    } catch (BodyAwaitedException e) {
      // This thread may wait.
      return resume(exchange, e.body());
    }
  }

  /** As {@link ResourceServer#admit(Exchange, Executor)}. */
  CompletableFuture<Boolean> admit(Exchange received, Executor threads) {
    CompletableFuture<Boolean> verdict = new CompletableFuture<>();
    ReadExchange exchange = new ReadExchange(received);
    try {
      verdict.complete(admit(exchange, judge.validator()));
    } catch (BodyAwaitedException e) {
      e.body().whenEnded(() -> goOn(exchange, e.body(), threads, verdict));
    } catch (IOException | RuntimeException | Error e) {
      verdict.completeExceptionally(e);
    }
    return verdict;
  }

  private void goOn(
      ReadExchange exchange,
      AwaitedBody body,
      Executor threads,
      CompletableFuture<Boolean> verdict) {
    try {
      threads.execute(() -> complete(verdict, () -> resume(exchange, body)));
    } catch (RuntimeException | Error e) {
      // All threads are busy, or none can be started; what is thrown here nobody would see.
      boolean isWhole = body.hasArrived();
      body.close();
      complete(verdict, () -> isWhole ? unjudged(exchange) : unavailable(exchange));
    }
  }

  private boolean resume(ReadExchange exchange, AwaitedBody body) throws IOException {
    exchange.await(body);
    try {
      return admit(exchange, judge.validator());
    } finally {
      body.close();
    }
  }

  /** As {@link ResourceServer#unjudged}. */
  boolean unjudged(Exchange exchange) throws IOException {
    if (config.mode() == Mode.REPORT_ONLY) {
      exchange.accept(UNJUDGED);
      return true;
    }
    return unavailable(exchange);
  }

  private static boolean unavailable(Exchange exchange) throws IOException {
    exchange.send(ResourceServer.unavailable());
    return false;
  }

  private static void complete(CompletableFuture<Boolean> verdict, Callable<Boolean> question) {
    try {
      verdict.complete(question.call());
    } catch (Exception | Error e) {
      verdict.completeExceptionally(e);
    }
  }

  private boolean admit(ReadExchange exchange, TokenValidator tokens) throws IOException {
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
      return preflight ? unjudged(exchange) : report(exchange, tokens);
    }
    List<FieldLine> cors = origins.fields(exchange);
    if (preflight) {
      exchange.send(origins.preflight(exchange, cors));
      return false;
    }
    return settle(exchange, cors, tokens);
  }

  private boolean report(ReadExchange exchange, TokenValidator tokens) throws IOException {
    Resources.Selected selected = resources.of(exchange.path());
    Judgement judgement = decide(exchange, selected, tokens);
    Decision decision = judgement.decision();
    if (isBrokenOff(decision)) {
      exchange.send(answer(decision, selected.resource(), exchange));
      return false;
    }
    exchange.accept(
        new Admission(
            tokenOf(decision),
            List.of(),
            FieldNames.none(),
            lease(exchange, judgement, selected),
            Optional.empty()));
    return true;
  }

  // Of such a body the application would get the rest, or nothing, and take that for all of it.
  private static boolean isBrokenOff(Decision decision) {
    return decision instanceof Decision.Denied denied
        && (denied.why() == Denial.BODY_INCOMPLETE || denied.why() == Denial.BODY_TOO_SLOW);
  }

  private Admission admission(
      Exchange exchange, Judgement judgement, List<FieldLine> fields, Resources.Selected selected) {
    FieldNames unseen = hidden.of(judgement.decision());
    return new Admission(
        tokenOf(judgement.decision()),
        fields,
        leases.hidesSession(exchange) ? unseen.and(SessionUse.FIELD) : unseen,
        lease(exchange, judgement, selected),
        judgement.filter());
  }

  private Lease lease(Exchange exchange, Judgement judgement, Resources.Selected selected) {
    return judgement.admits() && !judge.isPublic(exchange)
        ? leases.grant(exchange, judgement.decision(), selected.resource())
        : Lease.NONE;
  }

  private boolean settle(ReadExchange exchange, List<FieldLine> cors, TokenValidator tokens)
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

  private static List<FieldLine> concat(List<FieldLine> one, List<FieldLine> other) {
    // Mostly one of them is empty, and a refusal is sent as it was prepared.
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  private Judgement decide(
      ReadExchange exchange, Resources.Selected selected, TokenValidator tokens) {
    return exchange.judgement(() -> decideAndTell(exchange, selected, tokens));
  }

  private Judgement decideAndTell(
      Exchange exchange, Resources.Selected selected, TokenValidator tokens) {
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
    if (clearText.isRefused(exchange) && !judge.isPublic(exchange)) {
      return Judgement.of(ClearText.denied(exchange));
    }
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

  /** As {@link ResourceServer#refusal}. */
  Response refusal(Exchange request, Scope needed, Scope held) {
    ProtectedResource resource = resources.of(request.path()).resource();
    Decision.Denied denied = raisedDenials.of(resource, needed, held);
    tell(request, resource, denied, config.clock().instant(), Duration.ZERO);
    return answer(denied, resource, request).with(origins.fields(request));
  }

  private Response answer(Decision decision, ProtectedResource resource, Exchange exchange) {
    return answers.to(decision, resource, exchange.method(), SenderConstraint.schemeOf(exchange));
  }
}
