package dev.countersign.token;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Decision.Denied;
import dev.countersign.oauth.Decision.Granted;
import dev.countersign.oauth.Decision.Undecided;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.TokenValidator;
import dev.countersign.token.TokenQuery.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Judges the tokens of one authorization server by asking it: token introspection (RFC 7662, RFC
 * 9701), or a tokeninfo endpoint. What it answers is judged by the same rules as the claims of a
 * JWT. Answers are relied on for a short time. Thread-safe.
 *
 * <p>Whatever goes wrong between this server and the authorization server, wrong credentials of
 * ours included, leaves a token undecided. A request waits at most two seconds for the answer, and
 * as long for each document that has to be fetched first: metadata, keys.
 */
public final class IntrospectionValidator implements TokenValidator {

  static final int MAX_CALLS = 64;

  // The rest is for tokens that were good, which a flood of others does not hold up.
  static final int MAX_UNKNOWN = 48;

  // RFC 6749 section 10.10 wants tokens that nobody can guess; what is shorter is none.
  static final int MIN_LENGTH = 16;

  // A token whose life nobody states is asked about again after this time.
  private static final Duration UNSTATED_LIFE = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  // The user, if the answer says so; a token of a client itself may have none (RFC 9068 section 2.2
  // puts the client into sub then).
  private static final List<String> SUBJECTS = List.of("sub", "username", "client_id");

  private final TrustedIssuer issuer;
  private final TokenQuery query;
  private final JwtTokenValidator.Settings settings;
  private final LongSupplier nanos;
  private final Runnable background;
  private final TokenDigest.Maker digests;
  private final AnswerCache cache;
  private final SingleFlight flights = new SingleFlight(PATIENCE);
  private final Semaphore calls = new Semaphore(MAX_CALLS);
  private final Semaphore unknown = new Semaphore(MAX_UNKNOWN);
  private final CallBudget budget;

  /**
   * A validator that asks the authorization server.
   *
   * @param tokens whose tokens, and how it is asked
   * @param settings what holds for every issuer
   * @return the validator; close it to end its connections
   */
  public static IntrospectionValidator create(
      OpaqueTokens tokens, JwtTokenValidator.Settings settings) {
    Inquiries inquiries = Inquiries.of(tokens, settings);
    return new IntrospectionValidator(
        tokens, inquiries.query(), settings, System::nanoTime, inquiries::close);
  }

  /**
   * A validator with another way to ask.
   *
   * @param tokens whose tokens
   * @param query how it is asked
   * @param settings what holds for every issuer
   * @param nanos a clock that never jumps
   * @param background runs when the validator is closed
   */
  IntrospectionValidator(
      OpaqueTokens tokens,
      TokenQuery query,
      JwtTokenValidator.Settings settings,
      LongSupplier nanos,
      Runnable background) {
    this.issuer = tokens.issuer();
    this.query = query;
    this.settings = settings;
    this.nanos = nanos;
    this.background = background;
    this.digests = new TokenDigest.Maker(issuer.issuer());
    this.cache = new AnswerCache(tokens.cacheLife(), nanos);
    this.budget = new CallBudget(nanos);
  }

  @Override
  public Decision validate(BearerToken token, ResourceIdentifier resource) {
    return validate(token, resource, () -> "");
  }

  @Override
  public Decision validate(
      BearerToken token, ResourceIdentifier resource, Supplier<String> source) {
    try {
      return judge(token.text(), resource, source);
    } catch (RuntimeException | StackOverflowError e) {
      // The message could hold something of the token.
      return new Undecided("a fault while judging a token: " + e.getClass().getName());
    }
  }

  private Decision judge(String token, ResourceIdentifier resource, Supplier<String> source) {
    if (token.length() > settings.maxTokenLength()) {
      return new Denied(Denial.TOKEN_TOO_LONG, "longer than " + settings.maxTokenLength());
    }
    if (token.length() < MIN_LENGTH) {
      return new Denied(Denial.TOKEN_MALFORMED, "shorter than any token: " + MIN_LENGTH);
    }
    TokenDigest key = digests.of(resource.toString(), token);
    Optional<Decision> known = cache.find(key, settings.clock().instant());
    return known.isPresent()
        ? known.get()
        : flights.once(key, () -> decide(key, token, resource, source));
  }

  private Decision decide(
      TokenDigest key, String token, ResourceIdentifier resource, Supplier<String> source) {
    // Another request may have brought the answer between the look at the cache and this one.
    Optional<Decision> known = cache.find(key, settings.clock().instant());
    if (known.isPresent()) {
      return known.get();
    }
    if (budget.isPausing()) {
      return undecided("the server asked to be left alone for some time");
    }
    TokenQuery.Question question =
        new TokenQuery.Question(token, resource, settings.clock().instant());
    return cache.wasGood(key)
        ? within(calls, () -> ask(key, question, () -> {}))
        : within(unknown, () -> within(calls, () -> askUnknown(key, question, source.get())));
  }

  private Decision within(Semaphore places, Supplier<Decision> work) {
    if (!places.tryAcquire()) {
      return undecided("too many questions at once");
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  private Decision askUnknown(TokenDigest key, TokenQuery.Question question, String payer) {
    return budget.take(payer)
        ? ask(key, question, () -> budget.giveBack(payer))
        : undecided("too many questions about unknown tokens");
  }

  private Decision ask(TokenDigest key, TokenQuery.Question question, Runnable ifGood) {
    long asked = nanos.getAsLong();
    Reply reply = query.ask(question);
    if (reply instanceof Reply.Unclear unclear) {
      budget.pause(unclear.pause());
      return undecided(unclear.cause());
    }
    if (reply instanceof Reply.Active active) {
      ifGood.run();
      Decision decision = judge(active, question);
      remember(key, decision, asked, active.bytes());
      return decision;
    }
    Denied inactive = new Denied(Denial.INACTIVE, "the authorization server says so");
    remember(key, inactive, asked, 0);
    return inactive;
  }

  private void remember(TokenDigest key, Decision decision, long asked, int bytes) {
    if (decision instanceof Granted granted) {
      cache.put(key, granted, asked, bytes);
    } else if (decision instanceof Denied denied) {
      cache.put(key, denied, asked);
    }
  }

  private Undecided undecided(String cause) {
    return new Undecided(issuer.issuer() + ": " + cause);
  }

  private Decision judge(Reply.Active active, TokenQuery.Question question) {
    Instant now = settings.clock().instant();
    ClaimRules.Case one =
        new ClaimRules.Case(
            Map.of(), active.claims(), issuer, question.resource(), now, settings.clockSkew());
    Optional<Denied> refused = AnswerRules.refuse(one, query);
    if (refused.isPresent()) {
      return refused.get();
    }
    Optional<Scope> scope = ScopeClaims.read(active.claims(), issuer);
    return scope.isPresent()
        ? new Granted(accessToken(active.claims(), scope.get(), question, now))
        : new Denied(Denial.CLAIMS, "introspection: scope is no scope, or two members differ");
  }

  private AccessToken accessToken(
      Claims claims, Scope scope, TokenQuery.Question question, Instant now) {
    return new AccessToken(
        issuer.issuer(),
        claims.firstText(SUBJECTS).orElseThrow(),
        claims.firstText(issuer.clientIdClaims()),
        claims.texts("aud"),
        scope,
        claims.has("exp") ? ClaimRules.expiry(claims) : now.plus(UNSTATED_LIFE),
        claims.without(question.token()).withoutNulls());
  }

  AnswerCache cache() {
    return cache;
  }

  /** Ends every connection. Tokens that are not known are undecided after that. */
  @Override
  public void close() {
    background.run();
  }
}
