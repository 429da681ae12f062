package dev.countersign;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.TokenValidator;
import java.time.Duration;
import java.time.Instant;

/**
 * On what terms a stream stays open: with which token, until when, and how many others the caller
 * may have. Thread-safe.
 */
final class StreamTerms {

  private final Caller caller;
  private final AccessToken token;
  private final BearerToken presented;
  private final ResourceIdentifier resource;
  private final String source;
  private final Duration clockSkew;
  private final int most;
  private volatile Instant until;
  private volatile Instant checked;

  /**
   * Terms.
   *
   * @param token what was admitted
   * @param presented as it was presented
   * @param resource for which
   * @param source of the request
   * @param clockSkew how long a token is good beyond its time
   * @param most how many streams that only listen the caller may have open; 0 if this one does not
   *     count
   * @param now the time
   */
  StreamTerms(
      AccessToken token,
      BearerToken presented,
      ResourceIdentifier resource,
      String source,
      Duration clockSkew,
      int most,
      Instant now) {
    this.caller = Caller.of(token);
    this.token = token;
    this.presented = presented;
    this.resource = resource;
    this.source = source;
    this.clockSkew = clockSkew;
    this.most = most;
    this.until = endOf(token);
    this.checked = now;
  }

  // The instant from which on a request with the token is refused.
  private Instant endOf(AccessToken one) {
    Instant latest = Instant.MAX.minus(clockSkew);
    return one.expiresAt().isBefore(latest) ? one.expiresAt().plus(clockSkew) : Instant.MAX;
  }

  Caller caller() {
    return caller;
  }

  AccessToken token() {
    return token;
  }

  int most() {
    return most;
  }

  Instant until() {
    return until;
  }

  boolean isOver(Instant now) {
    return !now.isBefore(until);
  }

  /** Whether the token was judged this long ago. */
  boolean isOld(Instant now, Duration interval) {
    return !now.isBefore(checked.plus(interval));
  }

  /** Judges the token again; an outage ends no stream before its time. */
  boolean holds(TokenValidator validator, Instant now) {
    checked = now;
    Decision decision = validator.validate(presented, resource, () -> source);
    if (decision instanceof Decision.Granted granted) {
      // Of a token whose life nobody states, only the next moments are known.
      until = endOf(granted.accessToken());
      return !isOver(now);
    }
    return decision instanceof Decision.Undecided && !isOver(now);
  }
}
