import dev.countersign.http.Response;
import dev.countersign.testkit.Call;
import dev.countersign.testkit.ProbeApplication;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A call over a request of Vert.x. Made on the context of the request, used anywhere. */
final class VertxCall implements Call {

  // Fields are added when the head leaves, as applications of vertx-web may do.
  private static final boolean LATE = "late".equals(System.getProperty("headers"));

  private final HttpServerRequest request;
  private final Executor threads;
  private final Optional<String> user;
  private byte[] body = {};

  VertxCall(HttpServerRequest request, Executor threads) {
    this.request = request;
    this.threads = threads;
    this.user = subject(Vertx.currentContext());
  }

  void run(byte[] received, ProbeApplication application) {
    body = received;
    try {
      application.handle(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // The data of the context, by a type whose package is another one in 4 and in 5.
  private static Optional<String> subject(Context context) {
    try {
      Map<?, ?> data = (Map<?, ?>) internal().getMethod("localContextData").invoke(context);
      return data.get("dev.countersign.claims") instanceof Map<?, ?> claims
          ? Optional.of((String) claims.get("sub"))
          : Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> internal() throws ClassNotFoundException {
    try {
      return Class.forName("io.vertx.core.internal.ContextInternal");
    } catch (ClassNotFoundException e) {
      return Class.forName("io.vertx.core.impl.ContextInternal");
    }
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String path() {
    return request.path();
  }

  @Override
  public List<String> headers(String name) {
    return request.headers().getAll(name);
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Optional<String> user() {
    return user;
  }

  @Override
  public void respond(Response answer) {
    HttpServerResponse response = request.response().setStatusCode(answer.status());
    if (LATE) {
      response.headersEndHandler(end -> addTo(response, answer));
    } else {
      addTo(response, answer);
    }
    for (String trailer : headers("Probe-Trailer")) {
      response.setChunked(true).putTrailer("x-trailer", trailer);
    }
    response.end(answer.body());
  }

  // The length is known to Vert.x, and then twice.
  private static void addTo(HttpServerResponse response, Response answer) {
    answer.fields().stream()
        .filter(field -> !field.name().equalsIgnoreCase("Content-Length"))
        .forEach(field -> response.headers().add(field.name(), field.value()));
  }

  @Override
  public OutputStream stream(String contentType) {
    HttpServerResponse response = request.response().setChunked(true);
    response.putHeader("Content-Type", contentType);
    return new OutputStream() {
      @Override
      public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int start, int length) {
        response.write(Buffer.buffer().appendBytes(bytes, start, length));
      }

      @Override
      public void close() {
        response.end();
      }
    };
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
