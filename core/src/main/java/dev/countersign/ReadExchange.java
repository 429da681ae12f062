package dev.countersign;

import dev.countersign.http.Response;
import dev.countersign.mcp.JsonRpcBody;
import dev.countersign.oauth.Credentials;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that remembers what was read of it: many rules look at the same few things, and a
 * server makes each of them anew from bytes whenever it is asked. For one judgement, in which
 * nothing changes. Used by one thread at a time.
 */
final class ReadExchange implements Exchange {

  private record Field(String name, List<String> lines, @Nullable Field next) {}

  private final Exchange exchange;
  private @Nullable String method;
  private @Nullable String path;
  private @Nullable String query;
  private @Nullable Field fields;
  private @Nullable Credentials credentials;
  private @Nullable JsonRpcBody read;
  private @Nullable AwaitedBody awaited;
  private @Nullable Judgement ofToken;
  private @Nullable Judgement whole;

  ReadExchange(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public String method() {
    String known = method;
    if (known == null) {
      known = exchange.method();
      method = known;
    }
    return known;
  }

  @Override
  public String path() {
    String known = path;
    if (known == null) {
      known = exchange.path();
      path = known;
    }
    return known;
  }

  @Override
  public String query() {
    String known = query;
    if (known == null) {
      known = exchange.query();
      query = known;
    }
    return known;
  }

  // By the spelling that the rules use; in another one a field is read once more.
  @Override
  public List<String> headers(String name) {
    for (Field known = fields; known != null; known = known.next()) {
      if (known.name().equals(name)) {
        return known.lines();
      }
    }
    List<String> lines = exchange.headers(name);
    fields = new Field(name, lines, fields);
    return lines;
  }

  /**
   * The credentials, read once.
   *
   * @param reader reads all lines of the field; always the same one
   */
  Credentials credentials(Function<List<String>, Credentials> reader) {
    Credentials known = credentials;
    if (known == null) {
      known = reader.apply(headers("Authorization"));
      credentials = known;
    }
    return known;
  }

  /**
   * What the body calls, for the decision, for the answer to it, and for what becomes of lists.
   *
   * @param reading reads it, at most once, unless it has to arrive first
   * @param arrived reads what has arrived
   */
  JsonRpcBody body(
      Function<Exchange, JsonRpcBody> reading,
      BiFunction<Exchange, AwaitedBody, JsonRpcBody> arrived) {
    JsonRpcBody known = read;
    if (known == null) {
      AwaitedBody body = awaited;
      known = body == null ? reading.apply(exchange) : arrived.apply(exchange, body);
      read = known;
      awaited = null;
    }
    return known;
  }

  /** Remembers the body on its way, to be read when everything begins again. */
  void await(AwaitedBody body) {
    awaited = body;
  }

  /**
   * What was found about the token, which is not asked about twice.
   *
   * @param judging judges it
   */
  Judgement token(Supplier<Judgement> judging) {
    Judgement known = ofToken;
    if (known == null) {
      known = judging.get();
      ofToken = known;
    }
    return known;
  }

  /**
   * The whole judgement, of which listeners are told once.
   *
   * @param judging judges, and tells
   */
  Judgement judgement(Supplier<Judgement> judging) {
    Judgement known = whole;
    if (known == null) {
      known = judging.get();
      whole = known;
    }
    return known;
  }

  @Override
  public Optional<String> authority() {
    return exchange.authority();
  }

  @Override
  public Optional<ReplayableBody> body() {
    return exchange.body();
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
