package dev.countersign.servlet;

import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.BodyFilter.Way;
import dev.countersign.spi.ResponseHead;
import jakarta.servlet.ServletOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The body of a response on its way through a filter. Used by one thread at a time. */
final class FilteredBody {

  /** Where it goes. */
  interface Sink {

    ServletOutputStream output() throws IOException;

    boolean isCommitted();

    void length(long octets);

    /** The body begins to leave as it is. */
    void asIs();
  }

  private final BodyFilter filter;
  private final ResponseHead head;
  private final Sink sink;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private final AtomicBoolean ended = new AtomicBoolean();
  private @Nullable Way way;

  FilteredBody(BodyFilter filter, ResponseHead head, Sink sink) {
    this.filter = filter;
    this.head = head;
    this.sink = sink;
  }

  /** How it goes through. As long as nothing has been written the head can change. */
  Way way() {
    if (ended.get()) {
      return Way.WHOLE;
    }
    Way known = way;
    if (known == null || (known == Way.WHOLE && held.size() == 0)) {
      known = filter.begin(head);
      way = known;
      if (known == Way.AS_IS) {
        sink.asIs();
      }
    }
    return known;
  }

  boolean isAsIs() {
    return way == Way.AS_IS;
  }

  void write(byte[] octets, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    switch (way()) {
      case AS_IS -> sink.output().write(octets, offset, length);
      case EVENTS -> {
        byte[] events = filter.next(octets, offset, length);
        if (events.length > 0) {
          sink.output().write(events);
        }
      }
      case WHOLE ->
          held.write(octets, offset, Math.min(length, filter.maxLength() + 1 - held.size()));
    }
  }

  void flush() throws IOException {
    if (way() != Way.WHOLE) {
      sink.output().flush();
    }
  }

  /** Sends what was held back. What comes afterwards is no part of the body. */
  void end() throws IOException {
    if (way() != Way.WHOLE || !ended.compareAndSet(false, true) || sink.isCommitted()) {
      return;
    }
    if (held.size() > 0) {
      byte[] body = filter.whole(head, held.toByteArray());
      held.reset();
      sink.length(body.length);
      sink.output().write(body);
    }
  }

  void reset() {
    held.reset();
    way = null;
  }

  /** Nothing of it leaves. */
  void abandon() {
    ended.set(true);
    held.reset();
  }
}
