package dev.countersign.token;

import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.ResourceIdentifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A validator that remembers, with keys and clocks that move only when told. */
final class RememberingBench {

  final SwitchableKeys keys = new SwitchableKeys(Bench.RSA, Bench.EC);
  final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  volatile Instant now = Bench.NOW;
  final RememberingValidator validator;

  RememberingBench() {
    this(Bench.strict());
  }

  RememberingBench(TrustedIssuer issuer) {
    JwtTokenValidator.Settings settings =
        new JwtTokenValidator.Settings(() -> now, Bench.SKEW, 16 * 1024, 1024 * 1024);
    validator =
        new RememberingValidator(
            new JwtTokenValidator(Map.of(issuer, keys), settings, () -> {}), settings, nanos::get);
  }

  void advance(Duration time) {
    now = now.plus(time);
    nanos.addAndGet(time.toNanos());
  }

  Decision validate(String token) {
    return validate(token, Bench.RESOURCE);
  }

  Decision validate(String token, ResourceIdentifier resource) {
    return validator.validate(BearerToken.of(token), resource);
  }

  /** {@code GRANTED}, {@code UNDECIDED}, or the reason for the denial. */
  String outcome(String token) {
    return outcome(validate(token));
  }

  static String outcome(Decision decision) {
    if (decision instanceof Decision.Denied denied) {
      return denied.why().name();
    }
    return decision instanceof Decision.Granted ? "GRANTED" : "UNDECIDED";
  }

  /** Whether judging the token now takes work on its signature. */
  boolean takesWork(String token) {
    int before = keys.validations();
    validate(token);
    return keys.validations() > before;
  }
}
