import dev.countersign.http.Response;
import dev.countersign.testkit.Call;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.context.ContextView;

/** A request as the probe sees it; the probe may block, so it runs on threads of its own. */
final class ReactorNettyCall implements Call {

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final byte[] body;
  private final ContextView context;
  private final CompletableFuture<Supplier<Publisher<Void>>> answer = new CompletableFuture<>();

  ReactorNettyCall(
      HttpServerRequest request, HttpServerResponse response, byte[] body, ContextView context) {
    this.request = request;
    this.response = response;
    this.body = body;
    this.context = context;
  }

  Mono<Void> answer(Task application) {
    run(application);
    return Mono.fromFuture(answer).flatMap(write -> Mono.fromDirect(write.get()));
  }

  private void run(Task task) {
    Schedulers.boundedElastic()
        .schedule(
            () -> {
              try {
                task.run();
              } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String path() {
    String uri = request.uri();
    return uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
  }

  @Override
  public List<String> headers(String name) {
    return request.requestHeaders().getAll(name);
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Optional<String> user() {
    Map<?, ?> claims = context.getOrDefault("dev.countersign.claims", Map.of());
    return Optional.ofNullable((String) claims.get("sub"));
  }

  @Override
  public void respond(Response answered) {
    answer.complete(
        () -> {
          response.status(answered.status());
          answered.fields().forEach(field -> response.addHeader(field.name(), field.value()));
          byte[] bytes = answered.body().getBytes(StandardCharsets.UTF_8);
          return bytes.length == 0 ? response.send() : response.sendByteArray(Mono.just(bytes));
        });
  }

  @Override
  public OutputStream stream(String contentType) {
    Sinks.Many<byte[]> pieces = Sinks.many().unicast().onBackpressureBuffer();
    answer.complete(
        () -> {
          response.status(200).header("Content-Type", contentType);
          Flux<byte[]> all = pieces.asFlux();
          return response.send(all.map(Unpooled::wrappedBuffer), each -> true);
        });
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
    run(task);
  }
}
