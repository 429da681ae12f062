import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.testkit.Call;
import dev.countersign.testkit.ProbeApplication;
import io.ktor.http.ContentType;
import io.ktor.http.HttpStatusCode;
import io.ktor.http.RequestConnectionPoint;
import io.ktor.http.content.OutgoingContent;
import io.ktor.server.application.PipelineCall;
import io.ktor.server.auth.AuthenticationContext;
import io.ktor.server.auth.AuthenticationKt;
import io.ktor.server.request.ApplicationRequest;
import io.ktor.server.request.PipelineRequest;
import io.ktor.util.AttributeKey;
import io.ktor.utils.io.ByteWriteChannel;
import io.ktor.utils.io.jvm.javaio.BlockingKt;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.jvm.JvmClassMappingKt;
import kotlinx.coroutines.BuildersKt;

/** A request as the probe sees it; the probe may block, so it runs on threads of its own. */
final class KtorCall implements Call {

  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  private final PipelineCall call;
  private final Continuation<? super Unit> end;
  private final byte[] body;
  private boolean isLater;

  private KtorCall(PipelineCall call, Continuation<? super Unit> end, byte[] body) {
    this.call = call;
    this.end = end;
    this.body = body;
  }

  /** As a suspending function does. */
  static Object handle(
      ProbeApplication application, PipelineCall call, Continuation<? super Unit> end) {
    THREADS.execute(
        () -> {
          try {
            KtorCall probed = new KtorCall(call, end, body(call.getRequest()));
            application.handle(probed);
            if (!probed.isLater) {
              end.resumeWith(Unit.INSTANCE);
            }
          } catch (IOException | RuntimeException e) {
            end.resumeWith(ResultKt.createFailure(e));
          }
        });
    return IntrinsicsKt.getCOROUTINE_SUSPENDED();
  }

  private static byte[] body(PipelineRequest request) throws IOException {
    RequestConnectionPoint local = request.getLocal();
    // Ktor 3.5.2 never ends the body of a request of HTTP/2 that has none.
    boolean isNone =
        local.getVersion().startsWith("HTTP/2")
            && List.of("GET", "HEAD").contains(local.getMethod().getValue());
    return isNone
        ? new byte[0]
        : BlockingKt.toInputStream(request.receiveChannel(), null).readAllBytes();
  }

  @Override
  public String method() {
    return call.getRequest().getLocal().getMethod().getValue();
  }

  @Override
  public String path() {
    String uri = call.getRequest().getLocal().getUri();
    return uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
  }

  @Override
  public List<String> headers(String name) {
    List<String> lines = call.getRequest().getHeaders().getAll(name);
    return lines == null ? List.of() : lines;
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Optional<String> user() {
    AuthenticationContext authentication = AuthenticationKt.getAuthentication(call);
    // What the plugin asks for, to see whether there has been a login.
    if (authentication.principal(null, JvmClassMappingKt.getKotlinClass(Object.class)) != null) {
      throw new IllegalStateException("nobody has logged in");
    }
    Object claims =
        call.getAttributes().getOrNull(new AttributeKey<Object>("dev.countersign.claims"));
    String subject = claims instanceof Map<?, ?> map ? (String) map.get("sub") : null;
    Principal user =
        authentication.principal(null, JvmClassMappingKt.getKotlinClass(Principal.class));
    if (!Objects.equals(subject, user == null ? null : user.getName())) {
      throw new IllegalStateException("two users");
    }
    return Optional.ofNullable(subject).or(this::ofTheServer);
  }

  // What Ktor hands on where its engine stands on a servlet container.
  private Optional<String> ofTheServer() {
    try {
      return Optional.ofNullable(
              (Principal)
                  Class.forName("io.ktor.server.servlet.jakarta.JAASBridgeKt")
                      .getMethod("getJavaSecurityPrincipal", ApplicationRequest.class)
                      .invoke(null, call.getRequest()))
          .map(Principal::getName);
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void respond(Response answered) {
    for (FieldLine field : answered.fields()) {
      if (!field.name().equals("Content-Length")) {
        call.getResponse().getHeaders().append(field.name(), field.value(), false);
      }
    }
    byte[] bytes = answered.body().getBytes(StandardCharsets.UTF_8);
    send(
        new OutgoingContent.ByteArrayContent() {
          @Override
          public HttpStatusCode getStatus() {
            return HttpStatusCode.Companion.fromValue(answered.status());
          }

          @Override
          public Long getContentLength() {
            return (long) bytes.length;
          }

          @Override
          public byte[] bytes() {
            return bytes;
          }
        });
  }

  private void send(OutgoingContent content) {
    try {
      BuildersKt.runBlocking(
          EmptyCoroutineContext.INSTANCE,
          (scope, next) -> call.getResponse().getPipeline().execute(call, content, next));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public OutputStream stream(String contentType) {
    Stream stream = new Stream(ContentType.Companion.parse(contentType));
    THREADS.execute(() -> send(stream));
    return stream.out();
  }

  /** A content that is written while it is sent. */
  private static final class Stream extends OutgoingContent.WriteChannelContent {

    private final ContentType type;
    private final CompletableFuture<OutputStream> out = new CompletableFuture<>();

    Stream(ContentType type) {
      this.type = type;
    }

    OutputStream out() {
      return out.join();
    }

    @Override
    public ContentType getContentType() {
      return type;
    }

    @Override
    public Object writeTo(ByteWriteChannel channel, Continuation<? super Unit> end) {
      out.complete(
          new FilterOutputStream(BlockingKt.toOutputStream(channel)) {
            @Override
            public void close() throws IOException {
              flush();
              end.resumeWith(Unit.INSTANCE);
            }
          });
      return IntrinsicsKt.getCOROUTINE_SUSPENDED();
    }
  }

  @Override
  public void later(Task task) {
    isLater = true;
    THREADS.execute(
        () -> {
          try {
            task.run();
            end.resumeWith(Unit.INSTANCE);
          } catch (IOException | RuntimeException e) {
            end.resumeWith(ResultKt.createFailure(e));
          }
        });
  }
}
