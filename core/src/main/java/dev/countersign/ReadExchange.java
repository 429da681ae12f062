package dev.countersign;

import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An exchange whose body is read once, for the decision and for the answer to it. */
final class ReadExchange implements Exchange {

  private final Exchange exchange;
  private byte @Nullable [] content;

  ReadExchange(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public Optional<ReplayableBody> body() {
    return exchange.body().map(Once::new);
  }

  private final class Once implements ReplayableBody {

    private final ReplayableBody body;

    Once(ReplayableBody body) {
      this.body = body;
    }

    @Override
    public byte[] read(int limit) throws IOException {
      byte[] known = content;
      return known == null ? kept(body.read(limit)) : known;
    }

    @Override
    public byte[] read(int limit, BodyAllowance allowance) throws IOException {
      byte[] known = content;
      return known == null ? kept(body.read(limit, allowance)) : known;
    }

    private byte[] kept(byte[] read) {
      content = read;
      return read;
    }
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
