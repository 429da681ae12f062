package dev.countersign.agent.adapter.ktor;

import dev.countersign.agent.runtime.IncomingBody;
import io.ktor.server.engine.BaseApplicationRequest;
import io.ktor.utils.io.ByteReadChannelOperationsKt;
import java.util.Arrays;
import java.util.Objects;
import kotlin.ResultKt;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;

/**
 * Reads a body piece by piece, and nothing beyond a limit, which the functions of Ktor that copy a
 * channel do not keep. Used by one thread at a time.
 */
final class PieceReader {

  private static final int PIECE = 8192;

  private final BaseApplicationRequest request;
  private final CoroutineContext context;
  private final IncomingBody incoming;
  private final byte[] piece = new byte[PIECE];
  private int wanted;

  /**
   * A reader.
   *
   * @param incoming gets the pieces
   * @param limit the greatest number of bytes
   */
  PieceReader(
      BaseApplicationRequest request, CoroutineContext context, IncomingBody incoming, int limit) {
    this.request = request;
    this.context = context;
    this.incoming = incoming;
    this.wanted = limit;
  }

  /** Begins to read when it is resumed. */
  Continuation<Object> begin() {
    return Coroutines.continuation(context, result -> resumed(result, false));
  }

  private void resumed(Object result, boolean isCount) {
    try {
      ResultKt.throwOnFailure(result);
      if (!isCount || take((Integer) result)) {
        read();
      }
    } catch (Throwable e) {
      incoming.fail(e);
    }
  }

  private void read() {
    Continuation<Integer> next = Coroutines.continuation(context, result -> resumed(result, true));
    Object count;
    do {
      count =
          ByteReadChannelOperationsKt.readAvailable(
              request.receiveChannel(), piece, 0, Math.min(PIECE, wanted), next);
    } while (count != IntrinsicsKt.getCOROUTINE_SUSPENDED()
        && take((Integer) Objects.requireNonNull(count)));
  }

  // Whether more is wanted; the end of the body is a negative count.
  private boolean take(int count) {
    if (count < 0) {
      incoming.end();
      return false;
    }
    wanted -= count;
    return incoming.add(Arrays.copyOf(piece, count));
  }
}
