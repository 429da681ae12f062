import dev.countersign.testkit.Call;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The application's view of a request of the core. */
record CoreCall(Request request, Response response, Callback callback) implements Call {

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    return request.getHttpURI().getPath();
  }

  @Override
  public List<String> headers(String name) {
    return request.getHeaders().getValuesList(name);
  }

  @Override
  public byte[] body() throws IOException {
    return Content.Source.asInputStream(request).readAllBytes();
  }

  @Override
  public Optional<String> user() {
    return Optional.ofNullable(Request.getAuthenticationState(request))
        .map(Request.AuthenticationState::getUserPrincipal)
        .map(Principal::getName);
  }

  @Override
  public void respond(dev.countersign.http.Response answer) {
    response.setStatus(answer.status());
    String trailer = request.getHeaders().get("Probe-Trailer");
    if (trailer != null) {
      HttpFields trailers = HttpFields.build().add("x-trailer", trailer).asImmutable();
      response.setTrailersSupplier(() -> trailers);
    }
    answer.fields().forEach(field -> response.getHeaders().add(field.name(), field.value()));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  @Override
  public void error(int status) {
    Response.writeError(request, response, callback, status);
  }

  @Override
  public void discard(dev.countersign.http.Response answer) {
    answer.fields().forEach(field -> response.getHeaders().add(field.name(), field.value()));
    response.reset();
  }

  @Override
  public OutputStream stream(String contentType) {
    response.getHeaders().put("Content-Type", contentType);
    return new FilterOutputStream(Content.Sink.asOutputStream(response)) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        super.close();
        callback.succeeded();
      }
    };
  }

  @Override
  public void later(Task task) {
    new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                callback.failed(e);
              }
            })
        .start();
  }
}
