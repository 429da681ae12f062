package dev.countersign.agent.adapter.ktor;

import dev.countersign.agent.runtime.Engine;
import io.ktor.server.application.PipelineCall;
import io.ktor.server.engine.BaseApplicationCall;
import io.ktor.server.engine.EnginePipeline;
import io.ktor.util.pipeline.PipelineContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.jvm.functions.Function3;
import org.jspecify.annotations.Nullable;

/**
 * The first interceptor of an engine: a suspending function, which suspends while the engine has to
 * ask somebody. Thread-safe.
 */
final class Judging
    implements Function3<
        PipelineContext<Unit, PipelineCall>, Unit, Continuation<? super Unit>, @Nullable Object> {

  // Engines on a server of another line, which holds them.
  private static final List<String> HELD_BELOW =
      List.of("io.ktor.server.servlet.", "io.ktor.server.jetty.", "io.ktor.server.tomcat.");

  private final Engine engine;
  private final EnginePipeline pipeline;

  Judging(Engine engine, EnginePipeline pipeline) {
    this.engine = engine;
    this.pipeline = pipeline;
  }

  @Override
  public @Nullable Object invoke(
      PipelineContext<Unit, PipelineCall> context,
      Unit subject,
      Continuation<? super Unit> continuation) {
    BaseApplicationCall call = (BaseApplicationCall) context.getContext();
    if (isHeldBelow(call) || KtorExchange.of(call).isPresent()) {
      return Unit.INSTANCE;
    }
    KtorExchange exchange = new KtorExchange(call, continuation.getContext());
    CompletableFuture<Boolean> verdict = engine.judge(exchange);
    if (verdict.isDone()) {
      return outcome(verdict, exchange, context, continuation);
    }
    Continuation<Object> after =
        Coroutines.dispatched(
            continuation.getContext(),
            Coroutines.resuming(
                continuation, () -> outcome(verdict, exchange, context, continuation)));
    verdict.whenComplete((admitted, failure) -> after.resumeWith(Unit.INSTANCE));
    return IntrinsicsKt.getCOROUTINE_SUSPENDED();
  }

  private static boolean isHeldBelow(BaseApplicationCall call) {
    String name = call.getClass().getName();
    return HELD_BELOW.stream().anyMatch(name::startsWith);
  }

  private @Nullable Object outcome(
      CompletableFuture<Boolean> verdict,
      KtorExchange exchange,
      PipelineContext<Unit, PipelineCall> context,
      Continuation<? super Unit> continuation) {
    if (verdict.isCompletedExceptionally()) {
      exchange.fail(engine);
    } else if (verdict.join()) {
      exchange.proceed();
      return Unit.INSTANCE;
    }
    context.finish();
    return new Refusal(exchange, pipeline).execute(continuation);
  }
}
