package dev.countersign.agent.adapter.micronaut;

import dev.countersign.agent.runtime.Engine;
import dev.countersign.spi.Lease;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.server.netty.handler.OutboundAccess;
import io.micronaut.http.server.netty.handler.RequestHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The handler of a connection behind the engine. Used by one event loop. */
final class GuardedRequestHandler implements RequestHandler {

  private final Engine engine;
  private final RequestHandler handler;
  private final Set<Lease> open = new HashSet<>();

  GuardedRequestHandler(Engine engine, RequestHandler handler) {
    this.engine = engine;
    this.handler = handler;
  }

  @Override
  public void accept(
      ChannelHandlerContext context,
      HttpRequest request,
      CloseableByteBody body,
      OutboundAccess outbound) {
    MicronautExchange exchange = new MicronautExchange(context, request, body);
    CompletableFuture<Boolean> verdict = engine.judge(exchange);
    // Never inside the verdict's own completion, which would keep what the application throws.
    if (verdict.isDone()) {
      settle(exchange, outbound, verdict);
    } else {
      verdict.whenComplete(
          (admitted, failure) ->
              context.executor().execute(() -> settleLater(context, exchange, outbound, verdict)));
    }
  }

  // What is thrown goes where it goes when the connection calls.
  private void settleLater(
      ChannelHandlerContext context,
      MicronautExchange exchange,
      OutboundAccess outbound,
      CompletableFuture<Boolean> verdict) {
    try {
      settle(exchange, outbound, verdict);
    } catch (RuntimeException | Error e) {
      context.pipeline().fireExceptionCaught(e);
    }
  }

  private void settle(
      MicronautExchange exchange, OutboundAccess outbound, CompletableFuture<Boolean> verdict) {
    if (verdict.isCompletedExceptionally()) {
      exchange.abort();
    } else if (verdict.join()) {
      Lease lease = exchange.ending(outbound);
      if (lease != Lease.NONE) {
        open.add(lease);
      }
      exchange.proceed(engine, handler, outbound);
    } else {
      exchange.answer(outbound);
    }
  }

  @Override
  public void handleUnboundError(Throwable cause) {
    handler.handleUnboundError(cause);
  }

  @Override
  public void responseWritten(@Nullable Object attachment) {
    // Without an attachment it is an answer of the engine.
    if (attachment instanceof Leased leased) {
      open.remove(leased.lease());
      leased.lease().close();
      handler.responseWritten(leased.attachment());
    } else if (attachment != null) {
      handler.responseWritten(attachment);
    }
  }

  @Override
  public void removed() {
    open.forEach(Lease::close);
    open.clear();
    handler.removed();
  }
}
