import dev.countersign.http.Response;
import dev.countersign.testkit.Call;
import io.undertow.security.api.SecurityContext;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The application's view of an exchange.
 *
 * @param exchange the exchange, on a thread that may block
 */
record UndertowCall(HttpServerExchange exchange) implements Call {

  @Override
  public String method() {
    return exchange.getRequestMethod().toString();
  }

  @Override
  public String path() {
    return exchange.getRequestURI();
  }

  @Override
  public List<String> headers(String name) {
    List<String> values = exchange.getRequestHeaders().get(name);
    return values == null ? List.of() : values;
  }

  @Override
  public byte[] body() throws IOException {
    return exchange.getInputStream().readAllBytes();
  }

  @Override
  public Optional<String> user() {
    return Optional.ofNullable(exchange.getSecurityContext())
        .map(SecurityContext::getAuthenticatedAccount)
        .map(account -> account.getPrincipal().getName());
  }

  @Override
  public void respond(Response answer) throws IOException {
    exchange.setStatusCode(answer.status());
    answer
        .fields()
        .forEach(
            field ->
                exchange.getResponseHeaders().add(new HttpString(field.name()), field.value()));
    for (String trailer : headers("Probe-Trailer")) {
      HeaderMap trailers = new HeaderMap();
      trailers.put(new HttpString("x-trailer"), trailer);
      exchange.putAttachment(HttpAttachments.RESPONSE_TRAILERS, trailers);
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.setResponseContentLength(body.length);
    exchange.getOutputStream().write(body);
    exchange.getOutputStream().close();
  }

  @Override
  public OutputStream stream(String contentType) {
    exchange.getResponseHeaders().put(new HttpString("Content-Type"), contentType);
    return exchange.getOutputStream();
  }

  @Override
  public void later(Task task) {
    exchange.dispatch(
        () -> {
          try {
            task.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } finally {
            exchange.endExchange();
          }
        });
  }
}
