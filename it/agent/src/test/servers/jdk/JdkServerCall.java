import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import dev.countersign.http.Response;
import dev.countersign.testkit.Call;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The application's view of an exchange.
 *
 * @param exchange the exchange
 * @param threads where to go on after the handler has returned
 */
record JdkServerCall(HttpExchange exchange, Executor threads) implements Call {

  @Override
  public String method() {
    return exchange.getRequestMethod();
  }

  @Override
  public String path() {
    return exchange.getRequestURI().getRawPath();
  }

  @Override
  public List<String> headers(String name) {
    return exchange.getRequestHeaders().getOrDefault(name, List.of());
  }

  @Override
  public byte[] body() throws IOException {
    return exchange.getRequestBody().readAllBytes();
  }

  @Override
  public Optional<String> user() {
    return Optional.ofNullable(exchange.getPrincipal()).map(HttpPrincipal::getUsername);
  }

  @Override
  public void respond(Response response) throws IOException {
    response
        .fields()
        .forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    // The body is closed by that, as many applications leave it.
    exchange.close();
  }

  @Override
  public OutputStream stream(String contentType) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  @Override
  public void later(Task task) {
    threads.execute(
        () -> {
          try {
            task.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
