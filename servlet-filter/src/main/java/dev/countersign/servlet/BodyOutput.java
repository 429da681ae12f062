package dev.countersign.servlet;

import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.BodyFilter.Way;
import dev.countersign.spi.FilteredBody;
import dev.countersign.spi.ResponseHead;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Where the body of a response goes, through a filter. Used by one thread at a time. */
final class BodyOutput {

  /** The container's side of it. */
  interface Sink {

    ServletOutputStream output() throws IOException;

    boolean isCommitted();

    /** The body begins to leave as it is. */
    void asIs();
  }

  private final FilteredBody body;
  private final ResponseHead head;
  private final Sink sink;
  private final AtomicBoolean ended = new AtomicBoolean();
  private boolean asIs;

  BodyOutput(BodyFilter filter, ResponseHead head, Sink sink) {
    this.body = new FilteredBody(filter);
    this.head = head;
    this.sink = sink;
  }

  /** How it goes through. As long as nothing has been written the head can change. */
  Way way() {
    if (ended.get()) {
      return Way.WHOLE;
    }
    Way way = body.way(head);
    if (way == Way.AS_IS && !asIs) {
      asIs = true;
      sink.asIs();
    }
    return way;
  }

  boolean isAsIs() {
    return asIs;
  }

  void write(byte[] octets, int offset, int length) throws IOException {
    if (length == 0 || ended.get()) {
      return;
    }
    if (way() == Way.AS_IS) {
      sink.output().write(octets, offset, length);
    } else {
      pass(Arrays.copyOfRange(octets, offset, offset + length), false);
    }
  }

  private void pass(byte[] octets, boolean last) throws IOException {
    Optional<byte[]> leaving = body.pass(head, octets, last);
    if (leaving.isPresent() && leaving.get().length > 0) {
      sink.output().write(leaving.get());
    }
  }

  void flush() throws IOException {
    if (way() != Way.WHOLE) {
      sink.output().flush();
    }
  }

  /** Sends what was held back. What comes afterwards is no part of the body. */
  void end() throws IOException {
    if (way() == Way.WHOLE && ended.compareAndSet(false, true) && !sink.isCommitted()) {
      pass(new byte[0], true);
    }
  }

  void reset() {
    body.reset();
    asIs = false;
  }

  /** Nothing of it leaves. */
  void abandon() {
    ended.set(true);
    body.reset();
  }
}
