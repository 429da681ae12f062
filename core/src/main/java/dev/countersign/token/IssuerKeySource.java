package dev.countersign.token;

import dev.countersign.internal.FetchResult;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.internal.FetchResult.Fetched;
import dev.countersign.internal.Fetcher;
import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The key set that an issuer publishes: at the configured URL, or at the {@code jwks_uri} of its
 * metadata.
 */
final class IssuerKeySource implements KeySource {

  private static final Duration METADATA_LIFE = Duration.ofHours(1);

  // A server that answers, but with nothing usable, is asked for up to five documents. Every 25
  // seconds
  // these are 12 a minute.
  private static final Duration PAUSE = Duration.ofSeconds(25);

  private final TrustedIssuer issuer;
  private final Fetcher fetcher;
  private final LongSupplier nanos;
  private Optional<URI> location;
  private long locatedAt;

  IssuerKeySource(TrustedIssuer issuer, Fetcher fetcher, LongSupplier nanos) {
    this.issuer = issuer;
    this.fetcher = fetcher;
    this.nanos = nanos;
    this.location = issuer.jwksUri();
  }

  @Override
  public Outcome load() {
    if (location.isEmpty() || isOld()) {
      Optional<Outcome.NotLoaded> problem = locate();
      // A location that was good an hour ago is better than none.
      if (location.isEmpty()) {
        return problem.orElseThrow();
      }
    }
    return loadFrom(location.orElseThrow());
  }

  private boolean isOld() {
    return issuer.jwksUri().isEmpty() && nanos.getAsLong() - locatedAt >= METADATA_LIFE.toNanos();
  }

  private Outcome loadFrom(URI known) {
    FetchResult result = fetcher.get(known);
    if (result instanceof Failed failed
        && !failed.cause().isOutage()
        && issuer.jwksUri().isEmpty()) {
      // The server is there but the keys are not: they may have moved.
      locate();
      URI moved = location.orElseThrow();
      return moved.equals(known) ? read(known, failed) : read(moved, fetcher.get(moved));
    }
    return read(known, result);
  }

  private Optional<Outcome.NotLoaded> locate() {
    locatedAt = nanos.getAsLong();
    Discovery.Outcome outcome = Discovery.discover(issuer.issuer(), fetcher);
    if (outcome instanceof Discovery.Outcome.Missing missing) {
      return Optional.of(
          new Outcome.NotLoaded(
              "no metadata: " + missing.cause(), missing.outage() ? missing.retryAfter() : PAUSE));
    }
    Discovery.Outcome.Found found = (Discovery.Outcome.Found) outcome;
    Optional<URI> uri = KeyLocation.of(issuer, found.metadata());
    if (uri.isEmpty()) {
      return Optional.of(
          new Outcome.NotLoaded(found.location() + ": " + KeyLocation.PROBLEM, PAUSE));
    }
    location = uri;
    return Optional.empty();
  }

  private static Outcome read(URI location, FetchResult result) {
    if (result instanceof Failed failed) {
      return new Outcome.NotLoaded(
          "no keys: " + location + ": " + failed,
          failed.cause().isOutage() ? failed.retryAfter() : PAUSE);
    }
    Fetched fetched = (Fetched) result;
    try {
      KeySet keys = JwkReader.read(Json.readObject(fetched.body(), Json.Limits.DOCUMENT));
      return keys.isEmpty()
          ? unusable(location, "no usable key, or more than " + JwkReader.MAX_KEYS)
          : new Outcome.Loaded(keys, KeyLife.of(fetched));
    } catch (JsonException e) {
      return unusable(location, String.valueOf(e.getMessage()));
    }
  }

  private static Outcome unusable(URI location, String problem) {
    return new Outcome.NotLoaded("no keys: " + location + ": " + problem, PAUSE);
  }
}
