package dev.countersign.agent.adapter.netty;

import dev.countersign.agent.runtime.IncomingBody;
import dev.countersign.spi.BodyAllowance;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Asks a publisher for one piece of a body after the other, and for none beyond the limit; what is
 * still to come then is for another subscriber.
 */
public final class BodyReader implements Subscriber<byte[]> {

  private static final Subscription NOTHING =
      new Subscription() {
        @Override
        public void request(long count) {
          // There is no more.
        }

        @Override
        public void cancel() {
          // There is no more.
        }
      };

  private final IncomingBody incoming;
  private final boolean isKeptElsewhere;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable Subscription subscription;
  private volatile @Nullable Subscriber<? super byte[]> next;

  /**
   * A reader that has to be subscribed to the body, once, of which the server keeps a copy.
   *
   * @param limit the greatest number of bytes that are wanted, more than 0; the subscription is
   *     cancelled behind them
   * @param allowance is asked for each piece
   */
  public BodyReader(int limit, BodyAllowance allowance) {
    this.incoming = new IncomingBody(limit, allowance, read -> {});
    this.isKeptElsewhere = true;
  }

  /**
   * A reader that has to be subscribed to the body, once.
   *
   * @param limit the greatest number of bytes that are wanted, more than 0
   * @param allowance is asked for each piece
   * @param keeper gets what was read, before anybody else, and what is still to come, for one
   *     subscriber: nothing if all was read
   */
  public BodyReader(
      int limit, BodyAllowance allowance, BiConsumer<byte[], Publisher<byte[]>> keeper) {
    this.incoming = new IncomingBody(limit, allowance, read -> keeper.accept(read, this::handOver));
    this.isKeptElsewhere = false;
  }

  /**
   * What is read.
   *
   * @return as {@link IncomingBody#whole}
   */
  public CompletableFuture<byte[]> whole() {
    return incoming.whole();
  }

  private void handOver(Subscriber<? super byte[]> subscriber) {
    next = subscriber;
    subscriber.onSubscribe(ended.isDone() ? NOTHING : begun());
    var unused =
        ended.whenComplete(
            (end, failure) -> {
              if (failure == null) {
                subscriber.onComplete();
              } else {
                subscriber.onError(failure);
              }
            });
  }

  private Subscription begun() {
    return Objects.requireNonNull(subscription);
  }

  @Override
  public void onSubscribe(Subscription begun) {
    subscription = begun;
    begun.request(1);
  }

  @Override
  public void onNext(byte[] piece) {
    Subscriber<? super byte[]> application = next;
    if (application != null) {
      application.onNext(piece);
    } else if (incoming.add(piece)) {
      begun().request(1);
    } else if (isKeptElsewhere) {
      begun().cancel();
    }
  }

  @Override
  public void onError(Throwable cause) {
    ended.completeExceptionally(cause);
    incoming.fail(cause);
  }

  @Override
  public void onComplete() {
    ended.complete(null);
    incoming.end();
  }
}
