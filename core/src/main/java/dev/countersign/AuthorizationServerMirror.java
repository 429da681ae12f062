package dev.countersign;

import dev.countersign.config.ResourceServerConfig;
import dev.countersign.internal.FetchResult;
import dev.countersign.internal.HttpFetcher;
import dev.countersign.oauth.AuthorizationServerMetadata;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A verbatim copy of an authorization server's metadata, for clients of protocol revision
 * 2025-03-26, which ask the MCP server's host for it. The copy keeps the true issuer. Thread-safe.
 */
final class AuthorizationServerMirror implements AutoCloseable {

  static final int MAX_WAITING = 16;

  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final String issuer;
  private final HttpFetcher fetcher;
  private final Clock clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private final Semaphore places = new Semaphore(MAX_WAITING);
  private volatile Optional<CachedDocument> copy = Optional.empty();
  private volatile Instant next = Instant.MIN;

  AuthorizationServerMirror(String issuer, HttpFetcher fetcher, Clock clock) {
    this.issuer = issuer;
    this.fetcher = fetcher;
    this.clock = clock;
  }

  static AuthorizationServerMirror of(ResourceServerConfig config) {
    HttpFetcher.Limits limits =
        new HttpFetcher.Limits(
            HttpFetcher.Limits.DEFAULT.deadline(),
            HttpFetcher.Limits.DEFAULT.maxBytes(),
            config.allowHttpOnLoopback(),
            config.allowPrivateAddresses());
    String issuer = config.issuers().get(0).issuer();
    return new AuthorizationServerMirror(issuer, new HttpFetcher(limits), config.clock());
  }

  /**
   * The copy, refreshed when it is old; the old one while it is being fetched, and while the
   * authorization server does not answer. While there is none, only so many requests wait for it.
   */
  Optional<CachedDocument> document() {
    if (isDue() && (copy.isEmpty() || !fetching.isLocked()) && places.tryAcquire()) {
      try {
        refreshIfDue();
      } finally {
        places.release();
      }
    }
    return copy;
  }

  private void refreshIfDue() {
    fetching.lock();
    try {
      if (isDue()) {
        refresh();
      }
    } finally {
      fetching.unlock();
    }
  }

  private boolean isDue() {
    return !clock.instant().isBefore(next);
  }

  private void refresh() {
    Optional<CachedDocument> fresh = fetch();
    copy = fresh.isPresent() ? fresh : copy;
    next = clock.instant().plus(fresh.isPresent() ? LIFE : PAUSE);
  }

  private Optional<CachedDocument> fetch() {
    for (URI location : AuthorizationServerMetadata.locations(issuer)) {
      FetchResult result = fetcher.get(location);
      if (result instanceof FetchResult.Fetched fetched && isOfIssuer(fetched.body())) {
        return Optional.of(CachedDocument.of(new String(fetched.body(), StandardCharsets.UTF_8)));
      }
      if (result instanceof FetchResult.Failed failed && failed.cause().isOutage()) {
        break;
      }
    }
    return Optional.empty();
  }

  private boolean isOfIssuer(byte[] document) {
    try {
      return AuthorizationServerMetadata.parse(document).isOf(issuer);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
