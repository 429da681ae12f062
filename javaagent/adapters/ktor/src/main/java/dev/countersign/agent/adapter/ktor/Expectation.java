package dev.countersign.agent.adapter.ktor;

import io.ktor.server.application.PipelineCall;
import io.ktor.server.engine.BaseApplicationRequest;
import io.ktor.server.request.ApplicationReceivePipeline;
import io.ktor.util.pipeline.Pipeline;
import io.ktor.util.pipeline.PipelinePhase;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;

/**
 * A client that waits for {@code 100 Continue} before it sends the body (RFC 9110 section 10.1.1).
 * Netty tells it before the engine is asked; CIO when the application begins to receive.
 */
final class Expectation {

  private static final String FIELD = "Expect";
  private static final String PHASE = "ExpectedHeaderPhase";

  private Expectation() {}

  /** Lets the client send, as a suspending function does. */
  static @Nullable Object meet(BaseApplicationRequest request, Continuation<Object> next) {
    ApplicationReceivePipeline receiving = request.getPipeline();
    PipelinePhase first = receiving.getItems().get(0);
    if (!first.getName().equals(PHASE)
        || !"100-continue".equalsIgnoreCase(request.getHeaders().get(FIELD))) {
      return Unit.INSTANCE;
    }
    Pipeline<Object, PipelineCall> meeting = new Pipeline<>(first);
    receiving.interceptorsForPhase(first).forEach(step -> meeting.intercept(first, step));
    meeting.intercept(
        first,
        (context, subject, end) -> {
          // It is not to be met again by the application.
          request.setHeader(FIELD, null);
          return Unit.INSTANCE;
        });
    return meeting.execute(request.getCall(), Unit.INSTANCE, next);
  }
}
