package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.countersign.agent.runtime.MeteredBody;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** An exchange over the one of the JDK. */
final class HttpServerExchange implements Exchange {

  private final HttpExchange exchange;
  private Optional<Admission> admission = Optional.empty();

  HttpServerExchange(HttpExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public String method() {
    return exchange.getRequestMethod();
  }

  // A target that begins with two slashes is read as an authority and a path by java.net.URI.
  @Override
  public String path() {
    URI target = exchange.getRequestURI();
    String path = target.getRawPath();
    if (path == null) {
      return target.toString();
    }
    boolean isSplit = target.getScheme() == null && target.getRawAuthority() != null;
    return isSplit ? "//" + target.getRawAuthority() + path : path;
  }

  @Override
  public String query() {
    String query = exchange.getRequestURI().getRawQuery();
    return query == null ? "" : query;
  }

  @Override
  public Optional<String> authority() {
    URI target = exchange.getRequestURI();
    return target.getScheme() == null
        ? Optional.empty()
        : Optional.ofNullable(target.getRawAuthority());
  }

  @Override
  public List<String> headers(String name) {
    return exchange.getRequestHeaders().getOrDefault(name, List.of());
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    if (!(exchange instanceof HttpsExchange secure)) {
      return Optional.empty();
    }
    try {
      return secure.getSSLSession().getPeerCertificates()[0] instanceof X509Certificate first
          ? Optional.of(first)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<InetAddress> peer() {
    return Optional.ofNullable(exchange.getRemoteAddress()).map(InetSocketAddress::getAddress);
  }

  @Override
  public Optional<ReplayableBody> body() {
    MeteredBody body = this::read;
    return Optional.of(body);
  }

  private byte[] read(int limit, BodyAllowance allowance) throws IOException {
    InputStream rest = exchange.getRequestBody();
    byte[] content = MeteredBody.read(rest, limit, allowance);
    InputStream again = new ByteArrayInputStream(content);
    exchange.setStreams(new SequenceInputStream(again, rest), null);
    return content;
  }

  /** Whether the answer is the engine's own. */
  static boolean isAnswered(HttpExchange exchange) {
    return exchange.getResponseBody() instanceof OwnAnswer;
  }

  @Override
  public void send(Response response) throws IOException {
    exchange.setStreams(null, new OwnAnswer(exchange.getResponseBody()));
    write(response.fields());
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
    // The body is closed first: closing the exchange waits for a request body that may never come.
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
    exchange.close();
  }

  @Override
  public boolean filtersBodies() {
    return true;
  }

  // Another object of this class reads it, when the response begins.
  @Override
  public Lease lease() {
    return exchange.getResponseBody() instanceof LeasedOutput leased ? leased.lease() : Lease.NONE;
  }

  @Override
  public void accept(Admission accepted) {
    write(accepted.fields());
    Optional<HeldResponse> held =
        accepted.bodyFilter().map(filter -> new HeldResponse(exchange, filter));
    if (accepted.accessToken().isPresent() || !accepted.hidden().isEmpty() || held.isPresent()) {
      admission = Optional.of(accepted);
    }
    if (accepted.lease() != Lease.NONE || held.isPresent()) {
      OutputStream out = held.map(OutputStream.class::cast).orElse(exchange.getResponseBody());
      exchange.setStreams(null, new LeasedOutput(out, accepted.lease(), held));
    }
  }

  /** The exchange for the filters of the application, and without a login for its handler. */
  HttpExchange admitted() {
    if (admission.isEmpty()) {
      return exchange;
    }
    Shown shown = Shown.after(exchange, admission.get());
    if (exchange.getHttpContext().getAuthenticator() == null) {
      return shown.on(exchange);
    }
    BehindLogin.keep(exchange, shown);
    return exchange;
  }

  private void write(List<FieldLine> fields) {
    fields.forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
  }

  /** Marks an exchange, which has no attributes of its own. */
  private static final class OwnAnswer extends FilterOutputStream {

    OwnAnswer(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }
  }
}
