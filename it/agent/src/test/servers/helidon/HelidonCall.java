import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.testkit.Call;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Optional;

/** A call over Helidon's request and response. */
final class HelidonCall implements Call {

  private final ServerRequest request;
  private final ServerResponse response;

  HelidonCall(ServerRequest request, ServerResponse response) {
    this.request = request;
    this.response = response;
  }

  @Override
  public String method() {
    return request.prologue().method().text();
  }

  @Override
  public String path() {
    return request.path().rawPath();
  }

  @Override
  public List<String> headers(String name) {
    return request.headers().all(HeaderNames.create(name), List::of);
  }

  @Override
  public byte[] body() throws IOException {
    try (InputStream body = request.content().inputStream()) {
      return body.readAllBytes();
    }
  }

  @Override
  public Optional<String> user() {
    return request.context().get(Principal.class).map(Principal::getName);
  }

  @Override
  public void respond(Response answer) {
    response.status(answer.status());
    for (FieldLine field : answer.fields()) {
      response.headers().add(HeaderNames.create(field.name()), field.value());
    }
    response.send(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void error(int status) {
    throw new HttpException("as the probe was told", Status.create(status));
  }

  @Override
  public OutputStream stream(String contentType) {
    response.header("Content-Type", contentType);
    return response.outputStream();
  }

  @Override
  public void later(Task task) {
    throw new UnsupportedOperationException("Helidon answers on the thread of the request");
  }
}
