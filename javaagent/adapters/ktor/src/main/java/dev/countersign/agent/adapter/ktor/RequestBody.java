package dev.countersign.agent.adapter.ktor;

import dev.countersign.agent.runtime.IncomingBody;
import dev.countersign.spi.BodyAllowance;
import io.ktor.server.engine.BaseApplicationRequest;
import io.ktor.utils.io.ByteChannel;
import io.ktor.utils.io.ByteChannelCtorKt;
import io.ktor.utils.io.ByteReadChannel;
import io.ktor.utils.io.ByteReadChannelOperationsKt;
import io.ktor.utils.io.ByteWriteChannelOperationsKt;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import org.jspecify.annotations.Nullable;

/** The body of a request, which is read for a decision and then given back. */
final class RequestBody {

  private final BaseApplicationRequest request;
  private final CoroutineContext context;
  private volatile boolean isBroken;

  RequestBody(BaseApplicationRequest request, CoroutineContext context) {
    this.request = request;
    this.context = context;
  }

  /** Gathers the body up to a limit. */
  CompletableFuture<byte[]> gather(int limit, BodyAllowance allowance) {
    IncomingBody incoming = new IncomingBody(limit, allowance, bytes -> giveBack(bytes, limit));
    PieceReader pieces = new PieceReader(request, context, incoming, limit);
    if (Expectation.meet(request, pieces.begin()) != IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
      pieces.begin().resumeWith(Unit.INSTANCE);
    }
    return incoming.whole();
  }

  private void giveBack(byte[] bytes, int limit) {
    request.setReceiveChannel(
        bytes.length < limit
            ? ByteChannelCtorKt.ByteReadChannel(bytes, 0, bytes.length)
            : followed(bytes, request.receiveChannel()));
  }

  // What was read, and then what is still to come, at the pace of who reads it.
  private ByteReadChannel followed(byte[] bytes, ByteReadChannel rest) {
    ByteChannel whole = new ByteChannel(false);
    // A failure is told to the channel, and so to its reader.
    Continuation<Object> end = Coroutines.continuation(context, result -> {});
    Continuation<Object> written =
        Coroutines.continuation(
            context,
            Coroutines.resuming(
                end,
                () ->
                    ByteReadChannelOperationsKt.copyAndClose(rest, whole, Coroutines.narrow(end))));
    Object outcome =
        ByteWriteChannelOperationsKt.writeFully(
            whole, bytes, 0, bytes.length, Coroutines.narrow(written));
    if (outcome != IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
      written.resumeWith(Unit.INSTANCE);
    }
    return whole;
  }

  /** What is to come will not be read any more. */
  void fail() {
    isBroken = true;
  }

  /** Reads to the end what nobody has read, as a suspending function does. */
  @Nullable Object discard(String version, Continuation<?> continuation) {
    ByteReadChannel unread = request.receiveChannel();
    if (isBroken) {
      unread.cancel(new IOException("the body was not read to its end"));
      return Unit.INSTANCE;
    }
    // A stream of HTTP/2 has one request, and the next one does not wait behind it.
    return version.startsWith("HTTP/1")
        ? ByteReadChannelOperationsKt.discard(
            unread, Long.MAX_VALUE, Coroutines.narrow(continuation))
        : Unit.INSTANCE;
  }
}
