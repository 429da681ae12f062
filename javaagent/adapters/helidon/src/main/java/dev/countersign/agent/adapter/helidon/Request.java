package dev.countersign.agent.adapter.helidon;

import dev.countersign.agent.runtime.RequestTarget;
import dev.countersign.http.FieldNames;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Start line, header section and connection of a request. All of it is by reflection over public
 * types: those of Helidon are compiled for JDK 21, and this is compiled with JDK 17 as well.
 */
final class Request {

  /** The methods; found once for each class loader of a server. */
  static final class Methods {

    private final Operation method = Operation.of("http.HttpPrologue", "method");
    private final Operation text = Operation.of("http.Method", "text");
    private final Operation version = Operation.of("http.HttpPrologue", "protocolVersion");
    private final Operation path = Operation.of("http.HttpPrologue", "uriPath");
    private final Operation rawPath = Operation.of("common.uri.UriPath", "rawPath");
    private final Operation query = Operation.of("http.HttpPrologue", "query");
    private final Operation rawQuery = Operation.of("common.uri.UriQuery", "rawValue");
    private final Operation fragment = Operation.of("http.HttpPrologue", "fragment");
    private final Operation hasFragment = Operation.of("common.uri.UriFragment", "hasValue");
    private final Operation rawFragment = Operation.of("common.uri.UriFragment", "rawValue");
    private final Operation name = Operation.of("http.HeaderNames", "create", String.class);
    private final Operation all =
        Operation.of("http.Headers", "all", Operation.type("http.HeaderName"), Supplier.class);
    private final Operation remove =
        Operation.of("http.WritableHeaders", "remove", Operation.type("http.HeaderName"));
    private final Operation address = Operation.of("common.socket.PeerInfo", "address");
    private final Operation certificates =
        Operation.of("common.socket.PeerInfo", "tlsCertificates");

    Object name(String text) {
      return name.on(null, text);
    }
  }

  private final Methods methods;
  private final Object prologue;
  private final Object headers;
  private final Object peer;

  /**
   * A request.
   *
   * @param methods the methods
   * @param prologue {@code HttpPrologue}
   * @param headers {@code Headers}
   * @param peer {@code PeerInfo}
   */
  Request(Methods methods, Object prologue, Object headers, Object peer) {
    this.methods = methods;
    this.prologue = prologue;
    this.headers = headers;
    this.peer = peer;
  }

  Optional<String> authority() {
    return RequestTarget.of((String) methods.rawPath.on(methods.path.on(prologue))).authority();
  }

  String method() {
    return (String) methods.text.on(methods.method.on(prologue));
  }

  boolean isHttp1() {
    return ((String) methods.version.on(prologue)).startsWith("1.");
  }

  // Helidon parses a fragment, which a request target must not have.
  String path() {
    String path = RequestTarget.of((String) methods.rawPath.on(methods.path.on(prologue))).path();
    Object fragment = methods.fragment.on(prologue);
    return methods.hasFragment.on(fragment).equals(true)
        ? path + "#" + methods.rawFragment.on(fragment)
        : path;
  }

  String query() {
    return (String) methods.rawQuery.on(methods.query.on(prologue));
  }

  @SuppressWarnings("unchecked")
  List<String> headers(String name) {
    Supplier<List<String>> none = List::of;
    return (List<String>) methods.all.on(headers, methods.name(name), none);
  }

  /** Takes fields away, of headers that can change. */
  void remove(FieldNames names) {
    names.forEach(name -> methods.remove.on(headers, methods.name(name)));
  }

  Optional<X509Certificate> clientCertificate() {
    return ((Optional<?>) methods.certificates.on(peer))
        .map(Certificate[].class::cast)
        .filter(chain -> chain.length > 0 && chain[0] instanceof X509Certificate)
        .map(chain -> (X509Certificate) chain[0]);
  }

  Optional<InetAddress> peer() {
    return methods.address.on(peer) instanceof InetSocketAddress address
        ? Optional.ofNullable(address.getAddress())
        : Optional.empty();
  }
}
