package dev.countersign.token;

import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Decision.Denied;
import dev.countersign.oauth.Decision.Granted;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.TokenValidator;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Spares tokens that were judged a moment ago the work on their signature. Only the identical text
 * at the identical resource counts, and only while it is not expired and its issuer still has the
 * key. What is not about the token alone, its revocation and the proof of its binding, is not
 * remembered. Thread-safe.
 */
final class RememberingValidator implements TokenValidator {

  private final JwtTokenValidator judge;
  private final JwtTokenValidator.Settings settings;
  private final TokenMemory memory;
  private final Fingerprints fingerprints = new Fingerprints();
  private volatile boolean closed;

  /**
   * A validator that remembers nothing yet.
   *
   * @param judge judges what is not remembered
   * @param settings what that validator was made with, more than 0 bytes for the cache among it
   * @param nanos a clock that never jumps
   */
  RememberingValidator(
      JwtTokenValidator judge, JwtTokenValidator.Settings settings, LongSupplier nanos) {
    this.judge = judge;
    this.settings = settings;
    this.memory = new TokenMemory(settings.cacheBytes(), nanos);
  }

  @Override
  public Decision validate(BearerToken token, ResourceIdentifier resource) {
    if (!isWorthwhile(token) || closed) {
      return judge.validate(token, resource);
    }
    TokenDigest key = fingerprints.of(resource, token);
    Decision known = memory.find(key, settings.clock().instant());
    return known == null ? judge(key, token, resource) : known;
  }

  @Override
  public Optional<Decision> known(BearerToken token, ResourceIdentifier resource) {
    return isWorthwhile(token) && !closed
        ? Optional.ofNullable(
            memory.find(fingerprints.of(resource, token), settings.clock().instant()))
        : Optional.empty();
  }

  // What costs next to nothing to refuse is not worth a digest.
  private boolean isWorthwhile(BearerToken token) {
    return token.length() <= settings.maxTokenLength() && token.looksLikeJwt();
  }

  private Decision judge(TokenDigest key, BearerToken token, ResourceIdentifier resource) {
    AtomicReference<@Nullable Basis> verifiedWith = new AtomicReference<>();
    Decision decision = judge.validate(token, resource, verifiedWith::set);
    Basis basis = verifiedWith.get();
    if (basis != null && !closed) {
      remember(key, decision, basis, token.length());
    }
    return decision;
  }

  private void remember(TokenDigest key, Decision decision, Basis basis, int characters) {
    if (decision instanceof Granted granted) {
      memory.accept(key, granted, basis, end(granted, basis.issuer()), characters);
    } else if (decision instanceof Denied denied && denied.why() != Denial.NOT_YET_VALID) {
      memory.refuse(key, denied, basis);
    }
  }

  // As ClaimRules decides: exp, and iat where the issuer has a maximum age, each with the skew.
  private Instant end(Granted granted, TrustedIssuer issuer) {
    Instant expiry = granted.accessToken().expiresAt();
    Duration maximum = issuer.maximumAge();
    if (!maximum.isZero()) {
      Instant tooOld =
          NumericDate.floor(granted.accessToken().claims().getOrDefault("iat", 0L)).plus(maximum);
      expiry = tooOld.isBefore(expiry) ? tooOld : expiry;
    }
    return expiry.plus(settings.clockSkew());
  }

  TokenMemory memory() {
    return memory;
  }

  /** Forgets everything, and ends the background work of the validator behind it. */
  @Override
  public void close() {
    closed = true;
    memory.clear();
    judge.close();
  }
}
