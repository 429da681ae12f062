package dev.countersign.servlet;

import dev.countersign.ResourceServer;
import dev.countersign.http.FieldLine;
import dev.countersign.http.FieldNames;
import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** An exchange over a servlet request and response. */
final class ServletExchange implements Exchange {

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final String path;
  private HttpServletRequest admitted;
  private final ReplayedBody body;

  ServletExchange(HttpServletRequest request, HttpServletResponse response) {
    this(request, response, Judged.pathOf(request));
  }

  /** With a path that is not the one that is being dispatched to. */
  ServletExchange(HttpServletRequest request, HttpServletResponse response, String path) {
    this.request = request;
    this.response = response;
    this.path = path;
    this.admitted = request;
    this.body = new ReplayedBody(request);
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    String query = request.getQueryString();
    return query == null ? "" : query;
  }

  // HTTP/2, where some containers have no Host line.
  @Override
  public Optional<String> authority() {
    return headers("Host").isEmpty() && request.getServerName() != null
        ? Optional.of(request.getServerName() + ":" + request.getServerPort())
        : Optional.empty();
  }

  @Override
  public List<String> headers(String name) {
    Enumeration<String> values = HidingRequest.behind(request, name).getHeaders(name);
    // Most fields that are asked for are not there.
    return values == null || !values.hasMoreElements() ? List.of() : Collections.list(values);
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    return Connection.clientCertificate(request);
  }

  @Override
  public Optional<InetAddress> peer() {
    return Connection.peer(request);
  }

  @Override
  public Optional<ReplayableBody> body() {
    return Optional.of(body);
  }

  // Not sendError: an error page would take the place of the answer.
  @Override
  public void send(Response answer) throws IOException {
    if (response.isCommitted() || request.getDispatcherType() == DispatcherType.INCLUDE) {
      throw new IOException("the request is refused, and its response has begun already");
    }
    response.resetBuffer();
    response.setStatus(answer.status());
    write(answer.fields());
    if (!answer.body().isEmpty()) {
      response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
    }
    response.flushBuffer();
  }

  @Override
  public void accept(Admission admission) {
    write(admission.fields());
    Optional<AccessToken> token = admission.accessToken();
    FieldNames hidden = admission.hidden();
    Optional<ReplayedBody> read = Optional.of(body).filter(ReplayedBody::isBegun);
    new Judged(path(), token, read, hidden, admission.lease()).mark(request);
    admission.bodyFilter().ifPresent(filter -> FilteredResponse.mark(request, filter));
    if (read.isPresent()) {
      admitted = new ReplayedRequest(admitted, body);
    }
    if (token.isPresent()) {
      admitted = new AuthenticatedRequest(admitted, token.get());
    }
    if (!hidden.isEmpty()) {
      admitted = new HidingRequest(admitted, response, hidden);
    }
  }

  /** Nobody judges or handles the request any more, or will not when it has ended. */
  void end() {
    if (body.isBegun()) {
      RequestEnd.then(request, body::release);
    }
  }

  @Override
  public boolean filtersBodies() {
    return true;
  }

  @Override
  public Lease lease() {
    return Judged.leaseOf(request);
  }

  /** The request for the application. */
  HttpServletRequest admitted() {
    return admitted;
  }

  // A line of ours replaces what an outer filter wrote, but for Vary, to which everybody adds.
  private void write(List<FieldLine> fields) {
    if (fields.isEmpty()) {
      return;
    }
    Set<String> written = new HashSet<>(Set.of("vary"));
    for (FieldLine field : fields) {
      if (written.add(field.name().toLowerCase(Locale.ROOT))) {
        response.setHeader(field.name(), field.value());
      } else {
        response.addHeader(field.name(), field.value());
      }
    }
  }

  /** Refuses when there is no engine, or a broken one. */
  void unavailable() throws IOException {
    send(ResourceServer.unavailable());
  }
}
