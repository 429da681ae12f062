package dev.countersign.servlet;

import dev.countersign.spi.AddressLiteral;
import jakarta.servlet.ServletRequest;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the container says about the connection of a request. */
final class Connection {

  // Jakarta Servlet 6.0 section 3.10, and the name before Jakarta
  private static final List<String> CERTIFICATES =
      List.of("jakarta.servlet.request.X509Certificate", "javax.servlet.request.X509Certificate");

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
    return Optional.ofNullable(request.getRemoteAddr()).flatMap(AddressLiteral::parse);
  }
}
