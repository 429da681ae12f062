package dev.countersign.it.jdkhttpserver;

import com.sun.net.httpserver.HttpExchange;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.ReplayableBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What the engine needs of this server. */
final class GateExchange implements Exchange {

  private final HttpExchange exchange;
  private Optional<AccessToken> accessToken = Optional.empty();

  GateExchange(HttpExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public String method() {
    return exchange.getRequestMethod();
  }

  @Override
  public String path() {
    return orEmpty(uri().getRawPath());
  }

  @Override
  public String query() {
    return orEmpty(uri().getRawQuery());
  }

  private URI uri() {
    return exchange.getRequestURI();
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  @Override
  public List<String> headers(String name) {
    return exchange.getRequestHeaders().getOrDefault(name, List.of());
  }

  @Override
  public Optional<ReplayableBody> body() {
    return Optional.of(
        limit -> {
          byte[] content = exchange.getRequestBody().readNBytes(limit);
          exchange.setStreams(new ByteArrayInputStream(content), null);
          return content;
        });
  }

  @Override
  public void send(Response response) throws IOException {
    send(exchange, response);
  }

  static void send(HttpExchange exchange, Response response) throws IOException {
    write(exchange, response.fields());
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
    exchange.close();
  }

  private static void write(HttpExchange exchange, List<FieldLine> fields) {
    fields.forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
  }

  @Override
  public void accept(Admission admission) {
    write(exchange, admission.fields());
    accessToken = admission.accessToken();
  }

  Optional<String> user() {
    return accessToken.map(AccessToken::subject);
  }
}
