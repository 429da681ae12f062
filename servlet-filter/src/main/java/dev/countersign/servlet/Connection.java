package dev.countersign.servlet;

import jakarta.servlet.ServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the container says about the connection of a request. */
final class Connection {

  // Jakarta Servlet 6.0 section 3.10, and the name before Jakarta
  private static final List<String> CERTIFICATES =
      List.of("jakarta.servlet.request.X509Certificate", "javax.servlet.request.X509Certificate");

  // A literal, for which nothing is looked up.
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private Connection() {}

  /** The first certificate of the chain, which is the client's own. */
  static Optional<X509Certificate> clientCertificate(ServletRequest request) {
    return CERTIFICATES.stream()
        .map(request::getAttribute)
        .filter(X509Certificate[].class::isInstance)
        .map(X509Certificate[].class::cast)
        .flatMap(chain -> Stream.of(chain).limit(1))
        .findFirst();
  }

  static Optional<InetAddress> peer(ServletRequest request) {
    String text = request.getRemoteAddr();
    if (text == null) {
      return Optional.empty();
    }
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    if (!ADDRESS.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
