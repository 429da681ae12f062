import java.util.concurrent.CompletableFuture;
import kotlin.ResultKt;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.jvm.functions.Function1;

/** The end of a coroutine, which a thread waits for. */
final class Waiting<T> implements Continuation<T> {

  private final CompletableFuture<T> end = new CompletableFuture<>();

  /** Runs a suspending function. */
  @SuppressWarnings("unchecked")
  static <T> T await(Function1<Continuation<T>, Object> function) {
    Waiting<T> waiting = new Waiting<>();
    Object result = function.invoke(waiting);
    return result == IntrinsicsKt.getCOROUTINE_SUSPENDED() ? waiting.end.join() : (T) result;
  }

  @Override
  public CoroutineContext getContext() {
    return EmptyCoroutineContext.INSTANCE;
  }

  @Override
  @SuppressWarnings("unchecked")
  public void resumeWith(Object result) {
    try {
      ResultKt.throwOnFailure(result);
      end.complete((T) result);
    } catch (Throwable e) {
      end.completeExceptionally(e);
    }
  }
}
