package dev.countersign.agent.adapter.ktor;

import io.ktor.server.application.PipelineCall;
import io.ktor.server.engine.EnginePipeline;
import io.ktor.util.pipeline.Pipeline;
import io.ktor.util.pipeline.PipelinePhase;
import java.util.List;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;

/**
 * What runs in the place of an engine's pipeline for a call that is not admitted: the answer, and
 * what an engine does after the application, where it lets go of the call.
 */
final class Refusal {

  private static final PipelinePhase REFUSAL = new PipelinePhase("Countersign");

  private final KtorExchange exchange;
  private final Pipeline<Unit, PipelineCall> steps = new Pipeline<>(REFUSAL);

  Refusal(KtorExchange exchange, EnginePipeline pipeline) {
    this.exchange = exchange;
    steps.intercept(REFUSAL, (context, subject, next) -> exchange.answer(next));
    List<PipelinePhase> phases = pipeline.getItems();
    int application = phases.indexOf(EnginePipeline.Companion.getCall());
    for (PipelinePhase phase : phases.subList(application + 1, phases.size())) {
      pipeline.interceptorsForPhase(phase).forEach(step -> steps.intercept(REFUSAL, step));
    }
    steps.intercept(REFUSAL, (context, subject, next) -> exchange.discardBody(next));
  }

  /** As a suspending function does. */
  @Nullable Object execute(Continuation<? super Unit> continuation) {
    return steps.execute(exchange.call(), Unit.INSTANCE, continuation);
  }
}
