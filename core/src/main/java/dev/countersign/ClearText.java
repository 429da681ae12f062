package dev.countersign;

import dev.countersign.config.AddressRange;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.Exchange;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Requests that reached a trusted proxy without TLS, as it says itself: whoever was on the way has
 * read their token (RFC 6750 section 5.3). What a proxy does not say cannot be known here, because
 * behind one that ends TLS all requests come in clear text. Thread-safe.
 */
final class ClearText {

  private static final Decision DENIED = new Decision.Denied(Denial.CLEAR_TEXT, "");
  private static final Decision LEAKED =
      new Decision.Denied(
          Denial.CLEAR_TEXT, "a token was sent without TLS: it may be known to others");

  private final List<AddressRange> proxies;
  private final boolean forwarded;

  ClearText(ResourceServerConfig config) {
    boolean isRefused =
        config.resources().get(0).identifier().origin().startsWith("https:")
            && !config.hardening().acceptClearText();
    this.proxies = isRefused ? config.senderConstraints().trustedProxies() : List.of();
    this.forwarded = config.forwardedHeader();
  }

  boolean isRefused(Exchange exchange) {
    return !proxies.isEmpty()
        && exchange.peer().filter(peer -> AddressRange.anyContains(proxies, peer)).isPresent()
        && protocols(exchange).anyMatch("http"::equalsIgnoreCase);
  }

  /** The refusal, which the log is told of as a leak if there were credentials. */
  static Decision denied(Exchange exchange) {
    return exchange.headers("Authorization").isEmpty() ? DENIED : LEAKED;
  }

  // One hop is enough. Whoever puts such a hop before those of the proxies refuses itself.
  private Stream<String> protocols(Exchange exchange) {
    if (forwarded) {
      return Forwarded.read(exchange.headers("Forwarded"), "proto").stream().flatMap(List::stream);
    }
    return exchange.headers("X-Forwarded-Proto").stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip);
  }
}
