package dev.countersign.agent.adapter.undertow;

import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import dev.countersign.spi.ArrivingBody;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RenegotiationRequiredException;
import io.undertow.server.SSLSessionInfo;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/** An exchange over Undertow's. What it is answered waits for the I/O thread. */
final class UndertowExchange implements Exchange {

  private final HttpServerExchange exchange;
  private @Nullable Response answer;
  private volatile Lease lease = Lease.NONE;

  UndertowExchange(HttpServerExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public String method() {
    return exchange.getRequestMethod().toString();
  }

  @Override
  public String path() {
    String target = exchange.getRequestURI();
    if (!exchange.isHostIncludedInRequestURI()) {
      return target;
    }
    int path = target.indexOf('/', afterScheme(target));
    return path < 0 ? "" : target.substring(path);
  }

  // absolute-URI = scheme "://" authority path-abempty
  private static int afterScheme(String target) {
    return target.indexOf("://") + 3;
  }

  @Override
  public Optional<String> authority() {
    String target = exchange.getRequestURI();
    if (!exchange.isHostIncludedInRequestURI()) {
      return Optional.empty();
    }
    int path = target.indexOf('/', afterScheme(target));
    return Optional.of(target.substring(afterScheme(target), path < 0 ? target.length() : path));
  }

  @Override
  public String query() {
    return exchange.getQueryString();
  }

  @Override
  public List<String> headers(String name) {
    return values(exchange.getRequestHeaders(), name);
  }

  static List<String> values(HeaderMap all, String name) {
    HeaderValues values = all.get(name);
    return values == null ? List.of() : List.copyOf(values);
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    SSLSessionInfo session = exchange.getConnection().getSslSessionInfo();
    if (session == null) {
      return Optional.empty();
    }
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate first
          ? Optional.of(first)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException | RenegotiationRequiredException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<InetAddress> peer() {
    return Optional.ofNullable(exchange.getSourceAddress()).map(InetSocketAddress::getAddress);
  }

  @Override
  public Optional<ReplayableBody> body() {
    ArrivingBody body = (limit, allowance) -> RequestBody.gather(exchange, limit, allowance);
    return Optional.of(body);
  }

  @Override
  public boolean hasHiddenCredentials() {
    return UndertowUser.isSet(exchange);
  }

  @Override
  public void send(Response response) {
    answer = response;
  }

  /** What was sent. */
  Response answer() {
    return Objects.requireNonNull(answer);
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
    if (lease != Lease.NONE) {
      lease.onEnd(this::end);
      exchange.addExchangeCompleteListener(this::over);
    }
    admission
        .fields()
        .forEach(
            field ->
                exchange.getResponseHeaders().add(new HttpString(field.name()), field.value()));
    UndertowUpgrade.hide(exchange, admission.hidden());
    admission.accessToken().ifPresent(token -> UndertowUser.set(exchange, token));
    admission.bodyFilter().map(FilteredConduit::of).ifPresent(exchange::addResponseWrapper);
  }

  // Closes the connection, or with HTTP/2 the stream of it, on the thread of both.
  private void end() {
    exchange.getIoThread().execute(() -> IoUtils.safeClose(exchange.getConnection()));
  }

  private void over(HttpServerExchange completed, ExchangeCompletionListener.NextListener next) {
    try {
      lease.close();
    } finally {
      next.proceed();
    }
  }
}
