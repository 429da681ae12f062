package dev.countersign.token;

import dev.countersign.internal.HttpFetcher;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The fetched keys of several issuers, with the threads and connections behind them. Thread-safe.
 *
 * @param byIssuer the keys
 * @param fetchers one for each set of limits
 * @param threads what fetches
 */
record IssuerKeys(
    Map<TrustedIssuer, FetchedSigningKeys> byIssuer, List<HttpFetcher> fetchers, KeyThreads threads)
    implements AutoCloseable {

  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final int MAX_BYTES = 128 * 1024;
  private static final LongSupplier NANOS = System::nanoTime;

  static IssuerKeys of(List<TrustedIssuer> issuers) {
    return of(issuers, DEADLINE);
  }

  /**
   * The keys of these issuers. Nothing is fetched yet.
   *
   * @param issuers the issuers
   * @param deadline for the fetch of one document, and for a request that waits for keys
   */
  static IssuerKeys of(List<TrustedIssuer> issuers, Duration deadline) {
    Map<HttpFetcher.Limits, HttpFetcher> fetchers = new HashMap<>();
    KeyThreads threads = new KeyThreads(Math.max(issuers.size(), 1));
    Map<TrustedIssuer, FetchedSigningKeys> keys = new LinkedHashMap<>();
    for (TrustedIssuer issuer : issuers) {
      HttpFetcher fetcher = fetchers.computeIfAbsent(limits(issuer, deadline), HttpFetcher::new);
      KeySource source = new IssuerKeySource(issuer, fetcher, NANOS);
      keys.put(issuer, new FetchedSigningKeys(source, threads, NANOS, deadline));
    }
    // On another thread, so that neither the start nor the first request waits for TLS to load.
    fetchers.values().forEach(fetcher -> threads.execute(fetcher::prepare));
    threads.watch(List.copyOf(keys.values()));
    return new IssuerKeys(keys, List.copyOf(fetchers.values()), threads);
  }

  static HttpFetcher.Limits limits(TrustedIssuer issuer) {
    return limits(issuer, DEADLINE);
  }

  private static HttpFetcher.Limits limits(TrustedIssuer issuer, Duration deadline) {
    return new HttpFetcher.Limits(
        deadline, MAX_BYTES, issuer.httpOnLoopback(), issuer.privateAddresses());
  }

  @Override
  public void close() {
    threads.close();
    fetchers.forEach(HttpFetcher::close);
  }
}
