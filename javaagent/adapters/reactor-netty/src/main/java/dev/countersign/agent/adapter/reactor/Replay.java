package dev.countersign.agent.adapter.reactor;

import dev.countersign.agent.adapter.netty.BodyReader;
import dev.countersign.spi.BodyAllowance;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.channel.ChannelOperations;

/** A body that was read for a decision, or its beginning, kept for the handler at the channel. */
final class Replay {

  private static final AttributeKey<Replay> KEY = AttributeKey.valueOf("dev.countersign.replay");

  // A channel has many requests, one after the other.
  private final ChannelOperations<?, ?> request;
  private final byte[] read;
  private final Publisher<byte[]> rest;

  private Replay(ChannelOperations<?, ?> request, byte[] read, Publisher<byte[]> rest) {
    this.request = request;
    this.read = read;
    this.rest = rest;
  }

  /** Gathers the body of a request. */
  static CompletableFuture<byte[]> gather(
      ChannelOperations<?, ?> request, int limit, BodyAllowance allowance) {
    BodyReader reader =
        new BodyReader(
            limit,
            allowance,
            (read, rest) -> request.channel().attr(KEY).set(new Replay(request, read, rest)));
    request.receive().asByteArray().subscribe(reader);
    return reader.whole();
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
    return Flux.defer(() -> Flux.concat(Flux.just(read), rest).map(Replay::content));
  }

  private static HttpContent content(byte[] bytes) {
    return new DefaultHttpContent(Unpooled.wrappedBuffer(bytes));
  }
}
