package dev.countersign.agent.adapter.jetty12;

import dev.countersign.agent.runtime.Principals;
import dev.countersign.agent.runtime.TokenPrincipal;
import dev.countersign.http.FieldLine;
import dev.countersign.http.FieldNames;
import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.Admission;
import dev.countersign.spi.ArrivingBody;
import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.FilteredBody;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** An exchange over the core of Jetty, which knows no servlet API. */
final class JettyExchange implements Exchange {

  private static final boolean HAS_SECURITY = hasSecurity();

  private final Request request;
  private final Response response;
  private final Callback callback;
  private volatile Optional<ReplayedRequest> replayed = Optional.empty();
  private FieldNames hidden = FieldNames.none();
  private volatile boolean answered;
  private volatile Lease lease = Lease.NONE;
  private volatile Optional<FilteredBody> filtered = Optional.empty();
  private volatile @Nullable MendedStream way;

  JettyExchange(Request request, Response response, Callback callback) {
    this.request = request;
    this.response = response;
    this.callback = callback;
  }

  private static boolean hasSecurity() {
    try {
      Class.forName("org.eclipse.jetty.security.AuthenticationState");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    return orEmpty(request.getHttpURI().getPath());
  }

  @Override
  public String query() {
    return orEmpty(request.getHttpURI().getQuery());
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  // HTTP/2 has no Host line; an absolute target with another host than it is refused by Jetty.
  @Override
  public Optional<String> authority() {
    return headers("Host").isEmpty()
        ? Optional.ofNullable(request.getHttpURI().getAuthority())
        : Optional.empty();
  }

  @Override
  public List<String> headers(String name) {
    return request.getHeaders().getValuesList(name);
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    EndPoint end = connection().getConnection().getEndPoint();
    if (!(end instanceof SslConnection.SslEndPoint tls)) {
      return Optional.empty();
    }
    try {
      return tls.getSslConnection().getSSLEngine().getSession().getPeerCertificates()[0]
              instanceof X509Certificate certificate
          ? Optional.of(certificate)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<InetAddress> peer() {
    return connection().getRemoteSocketAddress() instanceof InetSocketAddress address
        ? Optional.ofNullable(address.getAddress())
        : Optional.empty();
  }

  // Without what customizers of the server have taken from fields.
  private ConnectionMetaData connection() {
    return Request.unWrap(request).getConnectionMetaData();
  }

  @Override
  public Optional<ReplayableBody> body() {
    ArrivingBody body = this::gather;
    return Optional.of(body);
  }

  private CompletableFuture<byte[]> gather(int limit, BodyAllowance allowance) {
    return Gathering.begin(request, limit, allowance, read -> replayed = Optional.of(read));
  }

  /** Whether the response is the agent's own. */
  boolean isAnswered() {
    return answered;
  }

  /** Says by which way the response leaves. */
  MendedStream leavingBy(MendedStream stream) {
    way = stream;
    return stream;
  }

  private void end() {
    MendedStream stream = way;
    if (stream != null) {
      stream.end(Request.unWrap(request));
    }
  }

  /** Whether another request takes the place of this one: with its body, or without fields. */
  boolean isReplaced() {
    return replayed.isPresent() || !hidden.isEmpty();
  }

  @Override
  public void send(dev.countersign.http.Response answer) {
    answered = true;
    response.setStatus(answer.status());
    answer.fields().forEach(this::write);
    ByteBuffer body = ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8));
    response.write(true, body, callback);
  }

  @Override
  public boolean filtersBodies() {
    return true;
  }

  /** What the body of the application's response goes through; empty if it leaves as it is. */
  Optional<FilteredBody> filtered() {
    return filtered;
  }

  @Override
  public Lease lease() {
    return lease;
  }

  @Override
  public void accept(Admission admission) {
    lease = admission.lease();
    lease.onEnd(this::end);
    filtered = admission.bodyFilter().map(FilteredBody::new);
    admission.fields().forEach(this::write);
    hidden = admission.hidden();
    admission.accessToken().ifPresent(this::authenticate);
  }

  private void authenticate(AccessToken token) {
    Request.setAuthenticationState(request, state(token));
    request.setAttribute(Principals.ATTRIBUTE, token.claims());
  }

  // The servlet environments look for the type of another module, which a server may lack.
  private static Request.AuthenticationState state(AccessToken token) {
    if (HAS_SECURITY) {
      return new Authenticated(token);
    }
    return new Request.AuthenticationState() {
      @Override
      public Principal getUserPrincipal() {
        return new TokenPrincipal(token);
      }
    };
  }

  private void write(FieldLine field) {
    response.getHeaders().add(field.name(), field.value());
  }

  /** Does what the caller of the server's handler does, with the request as it is to be seen. */
  void handOver(Server server) {
    Request whole = replayed.map(Request.class::cast).orElse(request);
    Request next = hidden.isEmpty() ? whole : new HidingRequest(whole, hidden);
    try {
      if (!server.handle(next, response, callback)) {
        Response.writeError(next, response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (Exception | Error e) {
      callback.failed(e);
    }
  }

  /** Neither answered nor admitted. */
  void fail(Throwable failure) {
    callback.failed(failure);
  }
}
