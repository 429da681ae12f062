package dev.countersign;

import dev.countersign.http.Response;
import dev.countersign.mcp.JsonRpcBody;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An exchange that remembers what was read of its body. Used by one thread at a time. */
final class ReadExchange implements Exchange {

  private final Exchange exchange;
  private @Nullable JsonRpcBody read;

  ReadExchange(Exchange exchange) {
    this.exchange = exchange;
  }

  /**
   * What the body calls, for the decision, for the answer to it, and for what becomes of lists.
   *
   * @param reading reads it, at most once
   */
  JsonRpcBody body(Function<Exchange, JsonRpcBody> reading) {
    JsonRpcBody known = read;
    if (known == null) {
      known = reading.apply(exchange);
      read = known;
    }
    return known;
  }

  @Override
  public Optional<ReplayableBody> body() {
    return exchange.body();
  }

  @Override
  public String method() {
    return exchange.method();
  }

  @Override
  public String path() {
    return exchange.path();
  }

  @Override
  public String query() {
    return exchange.query();
  }

  @Override
  public Optional<String> authority() {
    return exchange.authority();
  }

  @Override
  public List<String> headers(String name) {
    return exchange.headers(name);
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    return exchange.clientCertificate();
  }

  @Override
  public Optional<InetAddress> peer() {
    return exchange.peer();
  }

  @Override
  public boolean hasHiddenCredentials() {
    return exchange.hasHiddenCredentials();
  }

  @Override
  public boolean filtersBodies() {
    return exchange.filtersBodies();
  }

  @Override
  public Lease lease() {
    return exchange.lease();
  }

  @Override
  public void send(Response response) throws IOException {
    exchange.send(response);
  }

  @Override
  public void accept(Admission admission) {
    exchange.accept(admission);
  }
}
