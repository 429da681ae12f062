package dev.countersign.it.servlet;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * A reverse proxy that ends TLS, asks clients for a certificate and hands it on in a field (RFC
 * 9440). What a client itself sends under that name is dropped.
 */
final class CertificateProxy implements AutoCloseable {

  // Those that the client of the JDK writes by itself.
  private static final Set<String> OWN =
      Set.of("host", "connection", "content-length", "upgrade", "http2-settings");

  private final HttpsServer server;
  private final URI backend;
  private final String field;
  private final Function<byte[], String> form;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Starts a proxy.
   *
   * @param tls its key, and the certificates of clients that it accepts
   * @param backend the server behind it
   * @param field the name of the field
   * @param form how a certificate in DER stands there
   */
  CertificateProxy(Identity tls, URI backend, String field, Function<byte[], String> form)
      throws Exception {
    this.backend = backend;
    this.field = field;
    this.form = form;
    SSLContext context = tls.context();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setWantClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext("/", exchange -> forward((HttpsExchange) exchange));
    server.start();
  }

  URI uri() {
    return URI.create("https://localhost:" + server.getAddress().getPort());
  }

  private void forward(HttpsExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(backend.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(value -> copy(request, name, value)));
    certificate(exchange).ifPresent(der -> request.header(field, form.apply(der)));
    try {
      answer(exchange, client.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.close();
    }
  }

  private void copy(HttpRequest.Builder request, String name, String value) {
    if (!name.equalsIgnoreCase(field) && !OWN.contains(name.toLowerCase(java.util.Locale.ROOT))) {
      request.header(name, value);
    }
  }

  private static Optional<byte[]> certificate(HttpsExchange exchange) throws IOException {
    try {
      Certificate[] chain = exchange.getSSLSession().getPeerCertificates();
      return Optional.of(chain[0].getEncoded());
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    } catch (CertificateEncodingException e) {
      throw new IOException(e);
    }
  }

  private static void answer(HttpsExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    List<String> challenges = response.headers().allValues("WWW-Authenticate");
    if (!challenges.isEmpty()) {
      exchange.getResponseHeaders().put("WWW-Authenticate", challenges);
    }
    byte[] body = response.body();
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
