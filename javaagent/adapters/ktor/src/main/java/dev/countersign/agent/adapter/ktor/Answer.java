package dev.countersign.agent.adapter.ktor;

import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import io.ktor.http.HttpStatusCode;
import io.ktor.http.content.OutgoingContent;
import io.ktor.server.engine.BaseApplicationCall;
import io.ktor.server.engine.BaseApplicationResponse;
import io.ktor.server.response.ApplicationSendPipeline;
import java.nio.charset.StandardCharsets;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;

/** The content of an answer of the engine. Immutable. */
final class Answer extends OutgoingContent.ByteArrayContent {

  // Of the engine alone: what the application does to its responses is not for this one.
  private static final ApplicationSendPipeline SENDING = sending();

  private final Response response;

  private Answer(Response response) {
    this.response = response;
  }

  private static ApplicationSendPipeline sending() {
    ApplicationSendPipeline pipeline = new ApplicationSendPipeline(false);
    BaseApplicationResponse.Companion.setupSendPipeline(pipeline);
    return pipeline;
  }

  /** Writes status, length and body, as a suspending function does. */
  static @Nullable Object write(
      BaseApplicationCall call, Response response, Continuation<?> continuation) {
    OutgoingContent content =
        response.body().isEmpty() ? new Empty(response) : new Answer(response);
    return SENDING.execute(call, content, Coroutines.narrow(continuation));
  }

  /** What the server writes itself. */
  static boolean isLength(FieldLine field) {
    return field.name().equalsIgnoreCase("Content-Length");
  }

  private static HttpStatusCode status(Response response) {
    return HttpStatusCode.Companion.fromValue(response.status());
  }

  private static @Nullable Long length(Response response) {
    return response.values("Content-Length").stream().map(Long::valueOf).findFirst().orElse(null);
  }

  @Override
  public HttpStatusCode getStatus() {
    return status(response);
  }

  @Override
  public @Nullable Long getContentLength() {
    return length(response);
  }

  @Override
  public byte[] bytes() {
    return response.body().getBytes(StandardCharsets.UTF_8);
  }

  /** An answer without a body, to HEAD for instance. */
  private static final class Empty extends OutgoingContent.NoContent {

    private final Response response;

    Empty(Response response) {
      this.response = response;
    }

    @Override
    public HttpStatusCode getStatus() {
      return status(response);
    }

    @Override
    public @Nullable Long getContentLength() {
      return length(response);
    }
  }
}
