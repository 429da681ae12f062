package dev.countersign.token;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Passes on at most one text a minute, so that requests cannot fill a log. Thread-safe. */
final class PacedAlarm implements Consumer<String> {

  static final Duration PAUSE = Duration.ofMinutes(1);

  private final LongSupplier nanos;
  private final Consumer<String> sink;
  private final AtomicLong notBefore;

  PacedAlarm(LongSupplier nanos, Consumer<String> sink) {
    this.nanos = nanos;
    this.sink = sink;
    this.notBefore = new AtomicLong(nanos.getAsLong());
  }

  @Override
  public void accept(String text) {
    long now = nanos.getAsLong();
    long next = notBefore.get();
    // A difference, because the clock may overflow.
    if (now - next >= 0 && notBefore.compareAndSet(next, now + PAUSE.toNanos())) {
      sink.accept(text);
    }
  }
}
