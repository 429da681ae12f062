package dev.countersign.agent.adapter.netty;

import dev.countersign.agent.runtime.IncomingBody;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Asks a publisher for one piece of a body after the other, and for none beyond the limit. */
public final class BodyReader implements Subscriber<byte[]> {

  private final IncomingBody incoming;
  private @Nullable Subscription subscription;

  private BodyReader(IncomingBody incoming) {
    this.incoming = incoming;
  }

  /**
   * Begins to read.
   *
   * @param publisher the body
   * @param incoming gets the pieces
   */
  public static void read(Publisher<byte[]> publisher, IncomingBody incoming) {
    publisher.subscribe(new BodyReader(incoming));
  }

  @Override
  public void onSubscribe(Subscription begun) {
    subscription = begun;
    begun.request(1);
  }

  @Override
  public void onNext(byte[] piece) {
    if (incoming.add(piece) && subscription != null) {
      subscription.request(1);
    }
  }

  @Override
  public void onError(Throwable cause) {
    incoming.fail(cause);
  }

  @Override
  public void onComplete() {
    incoming.end();
  }
}
