package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.countersign.internal.FetchResult;
import dev.countersign.internal.FetchResult.Cause;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.internal.FormRequest;
import dev.countersign.internal.FormSender;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * An introspection endpoint without a network, and two clocks that move together and only when
 * told. Thread-safe.
 */
final class FakeIntrospection implements FormSender, InstantSource, LongSupplier {

  static final String TOKEN = "opaque-token-0123456789";
  static final URI ENDPOINT = URI.create(Bench.ISSUER + "/introspect");
  static final IntrospectionClient CLIENT =
      new IntrospectionClient(
          "rs-1", ClientAuthMethod.CLIENT_SECRET_BASIC, ClientSecret.of("rs-secret"));

  final List<FormRequest> requests = new CopyOnWriteArrayList<>();
  final List<String> alarms = new CopyOnWriteArrayList<>();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicReference<Instant> now = new AtomicReference<>(Bench.NOW);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private final AtomicReference<Function<FormRequest, FetchResult>> answer =
      new AtomicReference<>(request -> FakeIssuer.document(active()));

  /** An answer about a token that is good in every respect. */
  static Map<String, Object> active() {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("active", true);
    answer.put("iss", Bench.ISSUER);
    answer.put("sub", "user-1");
    answer.put("username", "Alice");
    answer.put("aud", Bench.RESOURCE.toString());
    answer.put("client_id", "client-1");
    answer.put("scope", "mcp:read mcp:write");
    answer.put("token_type", "Bearer");
    answer.put("exp", Bench.SECONDS + 300);
    answer.put("iat", Bench.SECONDS - 7200);
    answer.put("nbf", Bench.SECONDS - 7200);
    return answer;
  }

  static Map<String, Object> activeWith(String name, Object value) {
    Map<String, Object> answer = active();
    answer.put(name, value);
    return answer;
  }

  static Map<String, Object> activeWithout(String... names) {
    Map<String, Object> answer = active();
    answer.keySet().removeAll(List.of(names));
    return answer;
  }

  static FetchResult status(int status) {
    return new Failed(status < 500 ? Cause.ABSENT : Cause.STATUS, status, Duration.ZERO);
  }

  static String tokenOf(FormRequest request) {
    return request.parameters().getOrDefault("token", "");
  }

  void answer(FetchResult always) {
    answer.set(request -> always);
  }

  void answer(Map<String, ?> always) {
    answer(FakeIssuer.document(always));
  }

  void answer(Function<FormRequest, FetchResult> to) {
    answer.set(to);
  }

  int calls() {
    return (int) calls.get();
  }

  void advance(Duration time) {
    now.updateAndGet(then -> then.plus(time));
    nanos.addAndGet(time.toNanos());
  }

  /** Somebody sets the clock of the machine. */
  void jump(Duration time) {
    now.updateAndGet(then -> then.plus(time));
  }

  @Override
  public FetchResult post(FormRequest request) {
    // The list would grow with tests of millions of tokens.
    if (calls.incrementAndGet() <= 100) {
      requests.add(request);
    }
    return answer.get().apply(request);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public long getAsLong() {
    return nanos.get();
  }

  TokenQuery query() {
    return query(CLIENT);
  }

  TokenQuery query(IntrospectionClient client) {
    return new IntrospectionQuery(
        new IntrospectionEndpoint(
            Bench.strict(), inquiry(Optional.of(ENDPOINT)), uri -> FakeIssuer.absent(), this),
        new ClientAuthentication(client, Bench.ISSUER),
        Optional.empty(),
        this,
        alarms::add);
  }

  IntrospectionValidator validator() {
    return validator(tokens(Bench.strict()), query());
  }

  IntrospectionValidator validator(TrustedIssuer issuer) {
    return validator(tokens(issuer), query());
  }

  IntrospectionValidator validator(Duration cacheLife) {
    OpaqueTokens usual = tokens(Bench.strict());
    return validator(new OpaqueTokens(usual.issuer(), usual.inquiry(), cacheLife), query());
  }

  IntrospectionValidator validator(OpaqueTokens tokens, TokenQuery query) {
    return new IntrospectionValidator(
        tokens, query, new JwtTokenValidator.Settings(this, Bench.SKEW, 16 * 1024), this, () -> {});
  }

  static OpaqueTokens tokens(TrustedIssuer issuer) {
    return new OpaqueTokens(
        issuer, inquiry(Optional.of(ENDPOINT)), OpaqueTokens.DEFAULT_CACHE_LIFE);
  }

  static OpaqueTokens.Inquiry.Introspection inquiry(Optional<URI> endpoint) {
    return new OpaqueTokens.Inquiry.Introspection(CLIENT, endpoint, false);
  }

  static Decision judge(IntrospectionValidator validator, String token) {
    return validator.validate(BearerToken.of(token), Bench.RESOURCE);
  }

  static Decision judge(IntrospectionValidator validator, String token, String source) {
    return validator.validate(BearerToken.of(token), Bench.RESOURCE, () -> source);
  }

  static AccessToken granted(IntrospectionValidator validator) {
    return granted(validator, TOKEN);
  }

  static AccessToken granted(IntrospectionValidator validator, String token) {
    Decision decision = judge(validator, token);
    return assertInstanceOf(Decision.Granted.class, decision, decision::toString).accessToken();
  }

  static Decision.Denied denied(Denial why, IntrospectionValidator validator) {
    return denied(why, validator, TOKEN);
  }

  static Decision.Denied denied(Denial why, IntrospectionValidator validator, String token) {
    Decision decision = judge(validator, token);
    Decision.Denied denied = assertInstanceOf(Decision.Denied.class, decision, decision::toString);
    assertEquals(why, denied.why(), denied::detail);
    assertEquals(401, denied.why().status());
    return denied;
  }

  static String undecided(IntrospectionValidator validator) {
    return undecided(validator, TOKEN);
  }

  static String undecided(IntrospectionValidator validator, String token) {
    Decision decision = judge(validator, token);
    return assertInstanceOf(Decision.Undecided.class, decision, decision::toString).cause();
  }
}
