package dev.countersign.token;

import dev.countersign.internal.FetchResult;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.internal.FetchResult.Fetched;
import dev.countersign.internal.Fetcher;
import dev.countersign.oauth.AuthorizationServerMetadata;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds the metadata of an issuer (RFC 8414 section 3, OpenID Connect Discovery 1.0 section 4). */
final class Discovery {

  /** What came of it. */
  sealed interface Outcome {

    /**
     * The metadata of this very issuer.
     *
     * @param metadata the metadata
     * @param location where it was
     */
    record Found(AuthorizationServerMetadata metadata, URI location) implements Outcome {}

    /**
     * There is none.
     *
     * @param attempts what was asked, in order, and what was wrong with each answer
     * @param outage whether the server did not answer, so that it may have metadata all the same
     * @param retryAfter how long the server asks to be left alone
     */
    record Missing(List<Attempt> attempts, boolean outage, Duration retryAfter) implements Outcome {

      /** In words, for the operator. */
      String cause() {
        return attempts.stream().map(Attempt::toString).reduce((a, b) -> a + "; " + b).orElse("");
      }
    }
  }

  /**
   * One URL that was asked.
   *
   * @param location the URL
   * @param problem what was wrong
   */
  record Attempt(URI location, String problem) {
    @Override
    public String toString() {
      return location + ": " + problem;
    }
  }

  private Discovery() {}

  /**
   * Asks the locations one after the other. A server that does not answer is not asked for the
   * next.
   *
   * @param issuer the issuer
   * @param fetcher the way to it
   * @return the first document whose issuer is identical
   */
  static Outcome discover(String issuer, Fetcher fetcher) {
    List<Attempt> attempts = new ArrayList<>();
    for (URI location : AuthorizationServerMetadata.locations(issuer)) {
      FetchResult result = fetcher.get(location);
      if (result instanceof Failed failed) {
        attempts.add(new Attempt(location, failed.toString()));
        if (failed.cause().isOutage()) {
          return new Outcome.Missing(attempts, true, failed.retryAfter());
        }
        continue;
      }
      try {
        var metadata = AuthorizationServerMetadata.parse(((Fetched) result).body());
        if (metadata.isOf(issuer)) {
          return new Outcome.Found(metadata, location);
        }
        attempts.add(new Attempt(location, IssuerDifference.describe(issuer, metadata.issuer())));
      } catch (IllegalArgumentException e) {
        attempts.add(new Attempt(location, "not usable: " + e.getMessage()));
      }
    }
    return new Outcome.Missing(attempts, false, Duration.ZERO);
  }
}
