package dev.countersign.token;

import dev.countersign.internal.Fetcher;
import dev.countersign.oauth.AuthorizationServerMetadata;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Where an issuer answers questions about tokens: the configured URL, or the {@code
 * introspection_endpoint} of its metadata (RFC 8414 section 2). Metadata is fetched when it is
 * needed, by one request at a time, and as often as {@link RefreshPace} allows. Thread-safe.
 */
final class IntrospectionEndpoint {

  static final String PROBLEM =
      "introspection_endpoint is missing, is no https URL, or is on another host than the issuer; a"
          + " URL on another host must be named with introspection-endpoint";

  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  // A server that answers, but with nothing usable, is asked for up to three documents.
  private static final Duration PAUSE = Duration.ofSeconds(15);

  /**
   * What is known. Immutable.
   *
   * @param url the last good URL
   * @param at when it was found
   * @param problem why there is none, or no newer one
   */
  private record Known(Optional<URI> url, long at, String problem) {}

  private final TrustedIssuer issuer;
  private final ClientAuthMethod method;
  private final boolean fixed;
  private final Fetcher fetcher;
  private final LongSupplier nanos;
  private final RefreshPace pace;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Known known;

  IntrospectionEndpoint(
      TrustedIssuer issuer,
      OpaqueTokens.Inquiry.Introspection configured,
      Fetcher fetcher,
      LongSupplier nanos) {
    this.issuer = issuer;
    this.method = configured.client().method();
    this.fixed = configured.endpoint().isPresent();
    this.fetcher = fetcher;
    this.nanos = nanos;
    this.pace = new RefreshPace(nanos);
    this.known =
        new Known(configured.endpoint(), nanos.getAsLong(), "the metadata is being fetched");
  }

  /** The URL that a document names, if it is on the host of the issuer. */
  static Optional<URI> of(
      TrustedIssuer issuer, AuthorizationServerMetadata metadata, ClientAuthMethod method) {
    Optional<String> named =
        method.isMutualTls()
            ? metadata.mutualTlsIntrospectionEndpoint().or(metadata::introspectionEndpoint)
            : metadata.introspectionEndpoint();
    return named
        .flatMap(KeyLocation::parse)
        .filter(uri -> KeyLocation.isAllowed(issuer, uri))
        // Plain http shows no certificate.
        .filter(uri -> !method.isMutualTls() || "https".equals(uri.getScheme()));
  }

  /** The URL; empty if none is known now, with the reason in {@link #problem}. */
  Optional<URI> find() {
    if (fixed || isFresh()) {
      return known.url();
    }
    try {
      boolean mine =
          known.url().isPresent()
              ? looking.tryLock()
              : looking.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
      if (mine) {
        lookLocked();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return known.url();
  }

  String problem() {
    return known.problem();
  }

  /** Takes note that nothing is found at the URL any more. */
  void moved() {
    Known last = known;
    known = new Known(last.url(), nanos.getAsLong() - LIFE.toNanos(), last.problem());
  }

  private boolean isFresh() {
    Known now = known;
    return now.url().isPresent() && nanos.getAsLong() - now.at() < LIFE.toNanos();
  }

  private void lookLocked() {
    try {
      // Who waited finds that it is too early for another look.
      if (pace.allowsRefresh()) {
        pace.begin();
        look();
      }
    } finally {
      looking.unlock();
    }
  }

  private void look() {
    Discovery.Outcome outcome = Discovery.discover(issuer.issuer(), fetcher);
    if (outcome instanceof Discovery.Outcome.Missing missing) {
      fail("no metadata: " + missing.cause(), missing.outage() ? missing.retryAfter() : PAUSE);
      return;
    }
    Discovery.Outcome.Found found = (Discovery.Outcome.Found) outcome;
    Optional<URI> url = of(issuer, found.metadata(), method);
    if (url.isEmpty()) {
      fail(found.location() + ": " + PROBLEM, PAUSE);
    } else {
      known = new Known(url, nanos.getAsLong(), "");
    }
  }

  // With a URL that was good an hour ago there is no hurry.
  private void fail(String problem, Duration pause) {
    pace.pause(known.url().isPresent() ? RefreshPace.LONGEST : pause);
    known = new Known(known.url(), known.at(), problem);
  }
}
