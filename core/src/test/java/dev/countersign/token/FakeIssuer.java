package dev.countersign.token;

import dev.countersign.internal.FetchResult;
import dev.countersign.internal.FetchResult.Cause;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.internal.FetchResult.Fetched;
import dev.countersign.internal.Fetcher;
import dev.countersign.internal.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * An authorization server without a network, and a clock that moves only when told. Thread-safe.
 */
final class FakeIssuer implements Fetcher, LongSupplier {

  static final String METADATA = Bench.ISSUER + "/.well-known/oauth-authorization-server";
  static final String JWKS = Bench.ISSUER + "/jwks";

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private final Map<String, Supplier<FetchResult>> answers = new ConcurrentHashMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();

  FakeIssuer() {
    answer(METADATA, FakeIssuer::metadata);
  }

  static FetchResult metadata() {
    return document(Map.of("issuer", Bench.ISSUER, "jwks_uri", JWKS));
  }

  static FetchResult document(Map<String, ?> members, String... fields) {
    return text(Json.write(members), fields);
  }

  static FetchResult text(String text, String... fields) {
    Map<String, String> named = fields.length == 0 ? Map.of() : Map.of(fields[0], fields[1]);
    return new Fetched(text.getBytes(StandardCharsets.UTF_8), named);
  }

  static FetchResult outage() {
    return new Failed(Cause.CONNECTION);
  }

  static FetchResult absent() {
    return new Failed(Cause.ABSENT, 404, Duration.ZERO);
  }

  static FetchResult keySet(TokenMint... mints) {
    return document(Map.of("keys", Arrays.stream(mints).map(TokenMint::jwk).toList()));
  }

  void answer(String url, Supplier<FetchResult> answer) {
    answers.put(url, answer);
  }

  void publish(TokenMint... mints) {
    FetchResult set = keySet(mints);
    answer(JWKS, () -> set);
  }

  /** Nothing is reachable any more. */
  void vanish() {
    answer(METADATA, FakeIssuer::outage);
    answer(JWKS, FakeIssuer::outage);
  }

  void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  int fetchesOf(String url) {
    return (int) asked.stream().filter(url::equals).count();
  }

  @Override
  public FetchResult get(URI uri) {
    asked.add(uri.toString());
    return answers.getOrDefault(uri.toString(), FakeIssuer::absent).get();
  }

  @Override
  public long getAsLong() {
    return nanos.get();
  }
}
