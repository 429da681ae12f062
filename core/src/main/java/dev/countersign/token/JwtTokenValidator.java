package dev.countersign.token;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
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
import dev.countersign.token.SigningKeys.Answer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Judges JWT access tokens (RFC 9068 section 4, RFC 8725) of the trusted issuers. Keys are fetched
 * when the first token needs them, and kept fresh after that. Thread-safe.
 *
 * <p>A token that cannot be judged because its issuer is out of reach is undecided. A request waits
 * at most two seconds for keys.
 */
public final class JwtTokenValidator implements TokenValidator {

  /** The greatest clock skew that can be configured. */
  public static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

  /** The greatest token length that can be configured, in characters. */
  public static final int MAX_TOKEN_LENGTH = 64 * 1024;

  /** An issuer and where its keys are, which are good for no other. */
  private record Trusted(TrustedIssuer issuer, SigningKeys keys) {}

  /** A token as it was read. */
  private record Unverified(CompactJws jws, Map<String, Object> header, Claims claims) {}

  private final Map<String, Trusted> issuers;
  private final KnownHeaders headers = new KnownHeaders();
  private final Settings settings;
  private final Runnable background;

  /**
   * What holds for every issuer. Immutable.
   *
   * @param clock the time against which tokens are judged
   * @param clockSkew by how much clocks may differ, zero to {@link #MAX_CLOCK_SKEW}
   * @param maxTokenLength the longest token that is looked at, in characters, inclusive
   * @param cacheBytes how much the cache of accepted tokens may take, in bytes, about; 0 for none
   */
  public record Settings(
      InstantSource clock, Duration clockSkew, int maxTokenLength, int cacheBytes) {

    /** The default size of the cache: 64 MiB. */
    public static final int DEFAULT_CACHE_BYTES = 64 * 1024 * 1024;

    /** The clock of the system, 30 seconds, 16,384 characters. */
    public static final Settings DEFAULT =
        new Settings(InstantSource.system(), Duration.ofSeconds(30), 16 * 1024);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Settings {
      if (clockSkew.isNegative() || clockSkew.compareTo(MAX_CLOCK_SKEW) > 0) {
        throw new IllegalArgumentException("the clock skew must be PT0S to " + MAX_CLOCK_SKEW);
      }
      if (maxTokenLength < 1 || maxTokenLength > MAX_TOKEN_LENGTH) {
        throw new IllegalArgumentException(
            "the maximum token length must be 1 to " + MAX_TOKEN_LENGTH);
      }
      if (cacheBytes < 0) {
        throw new IllegalArgumentException("the size of the cache must be 0 or more");
      }
    }

    /**
     * With a cache of the default size.
     *
     * @param clock the time against which tokens are judged
     * @param clockSkew by how much clocks may differ, zero to {@link #MAX_CLOCK_SKEW}
     * @param maxTokenLength the longest token that is looked at, in characters, inclusive
     */
    public Settings(InstantSource clock, Duration clockSkew, int maxTokenLength) {
      this(clock, clockSkew, maxTokenLength, DEFAULT_CACHE_BYTES);
    }
  }

  /**
   * A validator that fetches the keys of its issuers.
   *
   * @param issuers at least one, each with another identifier
   * @param settings what holds for all
   * @return the validator; close it to end its threads
   * @throws IllegalArgumentException if there is no issuer, or one twice
   */
  public static JwtTokenValidator create(List<TrustedIssuer> issuers, Settings settings) {
    requireEachOnce(issuers);
    IssuerKeys keys = IssuerKeys.of(issuers);
    return new JwtTokenValidator(keys.byIssuer(), settings, keys::close);
  }

  /**
   * A validator that fetches nothing: all its issuers have the one key set that is given.
   *
   * @param issuers at least one, each with another identifier
   * @param keySet a JWK set (RFC 7517 section 5), however it came here
   * @param settings what holds for all
   * @return the validator; nothing has to be closed
   * @throws IllegalArgumentException if there is no issuer, or one twice, or the set has no usable
   *     key; the message holds nothing of the set
   */
  public static JwtTokenValidator offline(
      List<TrustedIssuer> issuers, byte[] keySet, Settings settings) {
    KeySet keys = keys(keySet);
    Map<TrustedIssuer, SigningKeys> byIssuer = new HashMap<>();
    requireEachOnce(issuers);
    issuers.forEach(issuer -> byIssuer.put(issuer, keys::find));
    return new JwtTokenValidator(byIssuer, settings, () -> {});
  }

  private static KeySet keys(byte[] keySet) {
    KeySet keys;
    try {
      keys = JwkReader.read(Json.readObject(keySet, Json.Limits.DOCUMENT));
    } catch (JsonException e) {
      throw new IllegalArgumentException("the key set is no JSON object", e);
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("the key set has no usable key");
    }
    return keys;
  }

  /**
   * A validator with keys from elsewhere.
   *
   * @param keys the issuers and their keys
   * @param settings what holds for all
   * @param background runs when the validator is closed
   */
  JwtTokenValidator(
      Map<TrustedIssuer, ? extends SigningKeys> keys, Settings settings, Runnable background) {
    requireEachOnce(keys.keySet());
    Map<String, Trusted> byName = new HashMap<>();
    keys.forEach(
        (issuer, its) ->
            issuer.names().forEach(name -> byName.put(name, new Trusted(issuer, its))));
    this.issuers = Map.copyOf(byName);
    this.settings = settings;
    this.background = background;
  }

  private static void requireEachOnce(Collection<TrustedIssuer> issuers) {
    List<String> names = issuers.stream().flatMap(issuer -> issuer.names().stream()).toList();
    if (issuers.isEmpty() || names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("expected at least one issuer, and each of them once");
    }
  }

  @Override
  public Decision validate(BearerToken token, ResourceIdentifier resource) {
    return validate(token, resource, basis -> {});
  }

  /**
   * Judges a token for one resource.
   *
   * @param token what was presented
   * @param resource the resource that is asked for
   * @param basis is told what the decision stands on; not called if it does not stand on a
   *     signature that was verified or refuted
   * @return granted, denied or undecided
   */
  Decision validate(BearerToken token, ResourceIdentifier resource, Consumer<Basis> basis) {
    try {
      return judge(token, resource, basis);
    } catch (JsonException e) {
      return new Denied(Denial.TOKEN_MALFORMED, "header or claims: " + e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      // The message could hold something of the token.
      return new Undecided("a fault while judging a token: " + e.getClass().getName());
    }
  }

  private Decision judge(BearerToken token, ResourceIdentifier resource, Consumer<Basis> basis)
      throws JsonException {
    if (token.length() > settings.maxTokenLength()) {
      return new Denied(Denial.TOKEN_TOO_LONG, "longer than " + settings.maxTokenLength());
    }
    Optional<CompactJws> jws = CompactJws.parse(token);
    if (jws.isEmpty()) {
      return new Denied(Denial.TOKEN_MALFORMED, "the token is no compact JWS");
    }
    Map<String, Object> header = headers.read(jws.get());
    Claims claims = new Claims(Json.readObject(jws.get().payload(), Claims.LIMITS));
    // Nothing is believed yet: iss only picks one of the configured issuers, whose keys then
    // decide.
    Trusted trusted = issuers.get(claims.text("iss").orElse(""));
    if (trusted == null) {
      return new Denied(Denial.ISSUER, "iss is missing or none of the trusted issuers");
    }
    Optional<Denied> refused = HeaderRules.refuse(header, trusted.issuer());
    return refused.isPresent()
        ? refused.get()
        : judgeSignature(new Unverified(jws.get(), header, claims), trusted, resource, basis);
  }

  private Decision judgeSignature(
      Unverified token, Trusted trusted, ResourceIdentifier resource, Consumer<Basis> basis) {
    SignatureAlgorithm algorithm = HeaderRules.algorithmOf(token.header()).orElseThrow();
    String keyId = HeaderRules.keyIdOf(token.header());
    Answer answer = trusted.keys().find(keyId, algorithm);
    if (answer instanceof Answer.Unavailable unavailable) {
      return new Undecided(trusted.issuer().issuer() + ": " + unavailable.cause());
    }
    if (answer instanceof Answer.Unfit unfit) {
      return new Denied(Denial.UNKNOWN_KEY, unfit.detail());
    }
    if (!(answer instanceof Answer.Found found)) {
      return new Denied(Denial.UNKNOWN_KEY, "the issuer has no key of this kid");
    }
    boolean verifies = found.key().verifies(algorithm, token.jws());
    basis.accept(new Basis(trusted.issuer(), trusted.keys(), keyId, algorithm, found.key()));
    if (!verifies) {
      return new Denied(Denial.SIGNATURE, "the signature does not verify");
    }
    headers.keep(token.jws(), token.header());
    return judgeClaims(token, trusted.issuer(), resource);
  }

  private Decision judgeClaims(
      Unverified token, TrustedIssuer issuer, ResourceIdentifier resource) {
    Claims claims = token.claims();
    Optional<Denied> refused =
        ClaimRules.refuse(
            new ClaimRules.Case(
                token.header(),
                claims,
                issuer,
                resource,
                settings.clock().instant(),
                settings.clockSkew()));
    if (refused.isPresent()) {
      return refused.get();
    }
    return ScopeClaims.read(claims, issuer)
        .<Decision>map(scope -> new Granted(accessToken(claims, issuer, scope)))
        .orElseGet(() -> new Denied(Denial.CLAIMS, "scope is no scope, or two claims differ"));
  }

  private static AccessToken accessToken(Claims claims, TrustedIssuer issuer, Scope scope) {
    return new AccessToken(
        // The principal is a subject of this very name of the issuer (OpenID Connect Core section
        // 5.7).
        claims.text("iss").orElseThrow(),
        claims.text("sub").orElseThrow(),
        claims.firstText(issuer.clientIdClaims()),
        claims.texts("aud"),
        scope,
        ClaimRules.expiry(claims),
        claims.withoutNulls());
  }

  /** Ends the threads that fetch keys. Tokens can still be judged by the keys that are there. */
  @Override
  public void close() {
    background.run();
  }
}
