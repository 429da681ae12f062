package dev.countersign.sample.customframework;

import com.sun.net.httpserver.HttpExchange;
import dev.countersign.http.FieldLine;
import dev.countersign.http.FieldNames;
import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.ReplayableBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** All that a server has to give to the engine; this one is the JDK's. */
final class HttpServerExchange implements Exchange {

  private final HttpExchange exchange;
  private Optional<AccessToken> accessToken = Optional.empty();
  private FieldNames hidden = FieldNames.none();

  HttpServerExchange(HttpExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public String method() {
    return exchange.getRequestMethod();
  }

  @Override
  public String path() {
    String path = exchange.getRequestURI().getRawPath();
    return path == null ? "" : path;
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
  public Optional<ReplayableBody> body() {
    return Optional.of(
        limit -> {
          InputStream rest = exchange.getRequestBody();
          byte[] content = rest.readNBytes(limit);
          InputStream again = new ByteArrayInputStream(content);
          exchange.setStreams(new SequenceInputStream(again, rest), null);
          return content;
        });
  }

  @Override
  public void send(Response response) throws IOException {
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
  public void accept(Admission admission) {
    write(admission.fields());
    accessToken = admission.accessToken();
    hidden = admission.hidden();
  }

  /** The exchange for the application. */
  HttpExchange admitted() {
    return hidden.isEmpty() ? exchange : new WithoutFields(exchange, hidden);
  }

  Optional<AccessToken> accessToken() {
    return accessToken;
  }

  private void write(List<FieldLine> fields) {
    fields.forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
  }
}
