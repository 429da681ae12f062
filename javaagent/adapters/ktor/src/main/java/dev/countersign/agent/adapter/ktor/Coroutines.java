package dev.countersign.agent.adapter.ktor;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kotlin.ResultKt;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.ContinuationInterceptor;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import org.jspecify.annotations.Nullable;

/** Continuations of Kotlin in Java: what the compiler of Kotlin makes of a suspending function. */
final class Coroutines {

  private Coroutines() {}

  /**
   * Where a coroutine goes on.
   *
   * @param context of the coroutine
   * @param resumed takes the value or the boxed failure
   */
  static <T> Continuation<T> continuation(CoroutineContext context, Consumer<Object> resumed) {
    return new Continuation<>() {
      @Override
      public CoroutineContext getContext() {
        return context;
      }

      @Override
      public void resumeWith(Object result) {
        resumed.accept(result);
      }
    };
  }

  /** The same on the threads of the coroutine, whoever resumes it. */
  static <T> Continuation<T> dispatched(CoroutineContext context, Consumer<Object> resumed) {
    Continuation<T> plain = continuation(context, resumed);
    ContinuationInterceptor threads = context.get(ContinuationInterceptor.Key);
    return threads == null ? plain : threads.<T>interceptContinuation(plain);
  }

  /** A step of a coroutine: once it has come to its end, what waits for it goes on. */
  static Consumer<Object> resuming(Continuation<?> next, Supplier<@Nullable Object> step) {
    return result -> {
      Object outcome;
      try {
        ResultKt.throwOnFailure(result);
        outcome = Objects.requireNonNull(step.get());
      } catch (Throwable e) {
        outcome = ResultKt.createFailure(e);
      }
      if (outcome != IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
        next.resumeWith(outcome);
      }
    };
  }

  /** A continuation for a function whose value is not used. */
  @SuppressWarnings("unchecked")
  static <T> Continuation<T> narrow(Continuation<?> continuation) {
    return (Continuation<T>) continuation;
  }
}
