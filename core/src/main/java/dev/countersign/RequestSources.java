package dev.countersign;

import dev.countersign.config.AddressRange;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.spi.Exchange;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where requests come from, for limits: the other end of the connection or, if that is a trusted
 * proxy, the last address in {@code X-Forwarded-For} or {@code Forwarded} that no trusted proxy
 * has. What stands before it is the word of whoever is asking. Thread-safe.
 */
final class RequestSources {

  // More proxies stand nowhere in a row.
  private static final int MAX_HOPS = 16;

  // Whoever has an IPv6 address has 2^64 of them (RFC 6177 section 2).
  private static final int NETWORK_BYTES = 8;

  private final List<AddressRange> proxies;
  private final boolean forwarded;

  RequestSources(List<AddressRange> proxies) {
    this(proxies, false);
  }

  /**
   * Tells sources apart.
   *
   * @param proxies whose word counts
   * @param forwarded whether they write {@code Forwarded} (RFC 7239); the other field is whatever
   *     clients send then, and is not looked at
   */
  RequestSources(List<AddressRange> proxies, boolean forwarded) {
    this.proxies = List.copyOf(proxies);
    this.forwarded = forwarded;
  }

  static RequestSources of(ResourceServerConfig config) {
    return new RequestSources(
        config.senderConstraints().trustedProxies(), config.forwardedHeader());
  }

  /** The same text for requests of one source; empty if nobody can tell. */
  String of(Exchange exchange) {
    return exchange.peer().map(peer -> network(client(exchange, peer))).orElse("");
  }

  private InetAddress client(Exchange exchange, InetAddress peer) {
    InetAddress at = peer;
    if (!isProxy(peer)) {
      return peer;
    }
    String[] hops = hops(exchange);
    for (int left = hops.length - 1; left >= Math.max(0, hops.length - MAX_HOPS); left--) {
      Optional<InetAddress> hop = address(hops[left].strip());
      if (hop.isEmpty()) {
        break;
      }
      at = hop.get();
      if (!isProxy(at)) {
        break;
      }
    }
    return at;
  }

  private String[] hops(Exchange exchange) {
    if (!forwarded) {
      return String.join(",", exchange.headers("X-Forwarded-For")).split(",");
    }
    return Forwarded.read(exchange.headers("Forwarded"), "for")
        .orElse(List.of())
        .toArray(String[]::new);
  }

  private boolean isProxy(InetAddress address) {
    return AddressRange.anyContains(proxies, address);
  }

  private static Optional<InetAddress> address(String hop) {
    try {
      return Optional.of(AddressRange.parse(withoutPort(hop)).network());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  // 192.0.2.1, 192.0.2.1:8080, 2001:db8::1, [2001:db8::1], [2001:db8::1]:8080
  private static String withoutPort(String hop) {
    int bracket = hop.indexOf(']');
    if (hop.startsWith("[") && bracket > 0) {
      return hop.substring(1, bracket);
    }
    int colon = hop.indexOf(':');
    return colon == hop.lastIndexOf(':') && colon > 0 ? hop.substring(0, colon) : hop;
  }

  private static String network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
  }
}
