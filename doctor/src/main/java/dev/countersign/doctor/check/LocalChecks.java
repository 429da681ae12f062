package dev.countersign.doctor.check;

import static dev.countersign.doctor.check.Severity.WARNING;

import dev.countersign.doctor.wire.Request;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/** Whether a server for this machine alone can be reached from other machines. */
final class LocalChecks {

  private static final int MOST_ADDRESSES = 2;

  private LocalChecks() {}

  static List<Check> all() {
    return List.of(site -> beyondLoopback(site, ownAddresses()));
  }

  /** The first of some addresses at which the same port answers as well. */
  static List<Finding> beyondLoopback(Site site, List<InetAddress> addresses) {
    String scheme = String.valueOf(site.url().getScheme()).toLowerCase(Locale.ROOT);
    // With TLS the certificate would be for another name.
    if (!site.isOnLoopback() || !scheme.equals("http")) {
      return List.of();
    }
    int expected = site.probe(Probe.GET).status();
    return addresses.stream()
        .map(address -> at(address, site.url()))
        .filter(url -> site.ask(Request.of("GET", url)).status() == expected)
        .limit(1)
        .map(
            url ->
                new Finding(
                        CheckId.D68,
                        WARNING,
                        "The server is asked through the loopback, but listens at "
                            + url.getHost()
                            + " as well, for every machine in that network.")
                    .seeing("GET " + url + ": " + expected))
        .toList();
  }

  private static URI at(InetAddress address, URI url) {
    try {
      return new URI("http", null, address.getHostAddress(), url.getPort(), "/", null, null)
          .resolve(url.getRawPath() == null ? "/" : url.getRawPath());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("an address is a host", e);
    }
  }

  private static List<InetAddress> ownAddresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(Inet4Address.class::isInstance)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .limit(MOST_ADDRESSES)
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }
}
