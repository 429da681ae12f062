package dev.countersign.spi;

import dev.countersign.spi.BodyFilter.Way;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of one response on its way through its filter, for an attachment whose application
 * writes it in pieces. Used by one thread at a time.
 */
public final class FilteredBody {

  private static final byte[] NOTHING = {};

  private final BodyFilter filter;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable Way way;

  /**
   * A body of which nothing has been written.
   *
   * @param filter what it goes through
   */
  public FilteredBody(BodyFilter filter) {
    this.filter = filter;
  }

  /**
   * How it goes through.
   *
   * @param head the head as it would leave now
   * @return the way; the same from now on, but for a head that is held back: that can change until
   *     the first octet of its body
   */
  public Way way(ResponseHead head) {
    Way known = way;
    if (known == null || (known == Way.WHOLE && held.size() == 0)) {
      known = filter.begin(head);
      way = known;
    }
    return known;
  }

  /**
   * Takes the next piece.
   *
   * @param head the head of the response; before what is whole leaves, its {@code Content-Length}
   *     is set
   * @param octets the piece; empty if only the end is to be told
   * @param last whether it is the last one
   * @return what leaves now, together with the head unless that has left; empty if nothing does,
   *     and the head is held back
   */
  public Optional<byte[]> pass(ResponseHead head, byte[] octets, boolean last) {
    return switch (way(head)) {
      case AS_IS -> Optional.of(octets);
      case EVENTS -> Optional.of(filter.next(octets, 0, octets.length));
      case WHOLE -> {
        held.write(octets, 0, Math.min(octets.length, filter.maxLength() + 1 - held.size()));
        yield last ? Optional.of(whole(head)) : Optional.empty();
      }
    };
  }

  private byte[] whole(ResponseHead head) {
    if (held.size() == 0) {
      return NOTHING;
    }
    byte[] whole = filter.whole(head, held.toByteArray());
    held.reset();
    head.headers("Content-Length", List.of(Integer.toString(whole.length)));
    return whole;
  }

  /** Forgets what is held back, in whose place the application writes another answer. */
  public void reset() {
    held.reset();
    way = null;
  }
}
