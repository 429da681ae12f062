package dev.countersign.agent.adapter.jetty9;

import dev.countersign.agent.runtime.MeteredBody;
import dev.countersign.agent.runtime.Principals;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.Admission;
import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpInput;
import org.eclipse.jetty.server.Request;

/**
 * An exchange over Jetty's own request and response, by the methods that are the same whatever
 * servlet API they implement.
 */
final class ChannelExchange implements Exchange {

  /** The request attribute that holds the exchange once it is judged: no request can set it. */
  static final String JUDGED = "dev.countersign.judged";

  private final HttpChannel channel;
  private final Request request;
  private volatile boolean answered;
  private volatile Lease lease = Lease.NONE;

  ChannelExchange(HttpChannel channel) {
    this.channel = channel;
    this.request = channel.getRequest();
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    return orEmpty(request.getRequestURI());
  }

  @Override
  public String query() {
    return orEmpty(request.getQueryString());
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  // HTTP/2 has no Host line; with HTTP/1.1, older versions let an absolute target have another
  // host.
  @Override
  public Optional<String> authority() {
    String name = request.getServerName();
    return name == null || headers("Host").stream().anyMatch(line -> isAt(line, name))
        ? Optional.empty()
        : Optional.of(name + ":" + request.getServerPort());
  }

  private static boolean isAt(String host, String name) {
    return host.regionMatches(true, 0, name, 0, name.length())
        && (host.length() == name.length() || host.charAt(name.length()) == ':');
  }

  @Override
  public List<String> headers(String name) {
    return Collections.list(request.getHeaders(name));
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    if (!(channel.getEndPoint() instanceof SslConnection.DecryptedEndPoint tls)) {
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
    return Optional.ofNullable(channel.getRemoteAddress()).map(address -> address.getAddress());
  }

  @Override
  public Optional<ReplayableBody> body() {
    BodyReplay.checkVersion();
    MeteredBody body = this::read;
    return Optional.of(body);
  }

  private byte[] read(int limit, BodyAllowance allowance) throws IOException {
    HttpInput input = request.getHttpInput();
    // The request itself does so when the application asks it for its input.
    if (channel.isExpecting100Continue()) {
      channel.continue100(input.available());
    }
    return BodyReplay.read(channel, limit, allowance);
  }

  @Override
  public boolean hasHiddenCredentials() {
    return request.getAttribute(Principals.ATTRIBUTE) != null;
  }

  /** Whether the response is the agent's own. */
  boolean isAnswered() {
    return answered;
  }

  @Override
  public void send(Response answer) throws IOException {
    answered = true;
    request.setHandled(true);
    channel.getResponse().setStatus(answer.status());
    answer.fields().forEach(this::write);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    channel.getResponse().getHttpOutput().write(body, 0, body.length);
    channel.getResponse().closeOutput();
  }

  @Override
  public boolean filtersBodies() {
    return true;
  }

  @Override
  public Lease lease() {
    return lease;
  }

  @Override
  public void accept(Admission admission) {
    lease = admission.lease();
    // The connection, or with HTTP/2 the stream of it.
    lease.onEnd(() -> channel.abort(new EOFException("the access token has ended")));
    admission.fields().forEach(this::write);
    RequestFields.remove(request, admission.hidden());
    admission.accessToken().ifPresent(this::authenticate);
    admission.bodyFilter().ifPresent(filter -> FilteredOutput.into(channel.getResponse(), filter));
  }

  private void authenticate(AccessToken token) {
    request.setAuthentication(Authenticated.by(token));
    request.setAttribute(Principals.ATTRIBUTE, token.claims());
  }

  private void write(FieldLine field) {
    channel.getResponse().addHeader(field.name(), field.value());
  }
}
