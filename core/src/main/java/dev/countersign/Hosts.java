package dev.countersign;

import dev.countersign.config.ResourceServerConfig;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.Exchange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The hosts to which requests may be addressed (RFC 9110 section 7.4). A page that makes its own
 * name point to this server, by DNS rebinding, is of the same origin for its browser, but still
 * sends that name.
 */
final class Hosts {

  static final Decision DENIED = new Decision.Denied(Denial.HOST, "");

  private final String defaultPort;
  private final Set<String> allowed = new HashSet<>();

  Hosts(ResourceServerConfig config) {
    // All resources are of one origin.
    String origin = config.resources().get(0).identifier().origin();
    this.defaultPort = origin.startsWith("https:") ? ":443" : ":80";
    Set<String> listed = config.hardening().allowedHosts();
    if (!listed.isEmpty()) {
      allowed.add(withPort(origin.substring(origin.indexOf("//") + 2)));
      listed.forEach(host -> allowed.add(withPort(host)));
    }
  }

  /**
   * Whether every host that the request names is on the list, if there is one. A request names one
   * at least, and two lines of {@code Host} are none (RFC 9112 section 3.2).
   */
  boolean isAllowed(Exchange exchange) {
    if (allowed.isEmpty()) {
      return true;
    }
    List<String> named = new ArrayList<>(exchange.headers("Host"));
    Optional<String> target = exchange.authority();
    if (named.size() > 1 || (named.isEmpty() && target.isEmpty())) {
      return false;
    }
    target.ifPresent(named::add);
    return named.stream()
        .map(host -> withPort(host.toLowerCase(Locale.ROOT)))
        .allMatch(allowed::contains);
  }

  // A host without a port is at the port of the scheme, which a proxy in front may not show.
  private String withPort(String host) {
    return host.lastIndexOf(':') > host.lastIndexOf(']') ? host : host + defaultPort;
  }
}
