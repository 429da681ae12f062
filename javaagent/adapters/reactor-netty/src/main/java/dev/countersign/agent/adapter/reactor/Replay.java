package dev.countersign.agent.adapter.reactor;

import dev.countersign.agent.adapter.netty.BodyReader;
import dev.countersign.agent.runtime.IncomingBody;
import dev.countersign.spi.BodyAllowance;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Flux;
import reactor.netty.channel.ChannelOperations;

/** A body that was read for a decision, kept for the handler at the channel. */
final class Replay {

  private static final AttributeKey<Replay> KEY = AttributeKey.valueOf("dev.countersign.replay");

  // A channel has many requests, one after the other.
  private final ChannelOperations<?, ?> request;
  private final byte[] body;

  private Replay(ChannelOperations<?, ?> request, byte[] body) {
    this.request = request;
    this.body = body;
  }

  /** Gathers the body of a request. */
  static CompletableFuture<byte[]> gather(
      ChannelOperations<?, ?> request, int limit, BodyAllowance allowance) {
    IncomingBody incoming =
        new IncomingBody(
            limit, allowance, body -> request.channel().attr(KEY).set(new Replay(request, body)));
    BodyReader.read(request.receive().asByteArray(), incoming);
    return incoming.whole();
  }

  /** The body of a request, if it was read. */
  static Optional<Flux<?>> of(ChannelOperations<?, ?> request) {
    Replay replay = request.channel().attr(KEY).get();
    return replay == null || replay.request != request
        ? Optional.empty()
        : Optional.of(replay.flux());
  }

  /** Lets go of the body of a request that has come to its end, and of no other. */
  static void forget(ChannelOperations<?, ?> request, Channel channel) {
    Attribute<Replay> kept = channel.attr(KEY);
    Replay last = kept.get();
    if (last != null && last.request == request) {
      kept.compareAndSet(last, null);
    }
  }

  private Flux<?> flux() {
    return Flux.defer(() -> Flux.just(new DefaultLastHttpContent(Unpooled.wrappedBuffer(body))));
  }
}
