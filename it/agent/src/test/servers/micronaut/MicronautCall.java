package micronaut;

import dev.countersign.http.Response;
import dev.countersign.testkit.Call;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import reactor.core.publisher.Sinks;

/** A request as the probe sees it. */
final class MicronautCall implements Call {

  // Streams wait, and the common pool has one thread only where there are two processors.
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  private final HttpRequest<?> request;
  private final byte[] body;
  private final CompletableFuture<HttpResponse<?>> answer = new CompletableFuture<>();

  MicronautCall(HttpRequest<?> request, byte[] body) {
    this.request = request;
    this.body = body;
  }

  CompletableFuture<HttpResponse<?>> answer() {
    return answer;
  }

  @Override
  public String method() {
    return request.getMethodName();
  }

  @Override
  public String path() {
    return request.getUri().getRawPath();
  }

  @Override
  public List<String> headers(String name) {
    return request.getHeaders().getAll(name);
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Optional<String> user() {
    return request.getUserPrincipal().map(Principal::getName);
  }

  @Override
  public void respond(Response answered) {
    MutableHttpResponse<byte[]> response = HttpResponse.<byte[]>ok().status(answered.status());
    answered.fields().forEach(field -> response.getHeaders().add(field.name(), field.value()));
    if (!answered.body().isEmpty()) {
      response.body(answered.body().getBytes(StandardCharsets.UTF_8));
    }
    answer.complete(response);
  }

  @Override
  public OutputStream stream(String contentType) {
    Sinks.Many<byte[]> pieces = Sinks.many().unicast().onBackpressureBuffer();
    answer.complete(HttpResponse.ok(pieces.asFlux()).header("Content-Type", contentType));
    return new OutputStream() {
      @Override
      public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        pieces.tryEmitNext(Arrays.copyOfRange(bytes, offset, offset + length)).orThrow();
      }

      @Override
      public void close() {
        pieces.tryEmitComplete().orThrow();
      }
    };
  }

  @Override
  public void later(Task task) {
    CompletableFuture.runAsync(
        () -> {
          try {
            task.run();
          } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
          }
        },
        THREADS);
  }
}
