package dev.countersign.agent.runtime;

import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.BodyFilter.Way;
import dev.countersign.spi.ResponseHead;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of one response on its way through its filter, for servers that write it in pieces. Used
 * by one thread at a time.
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
   * @param head the head as it leaves, if nobody holds it back; looked at the first time only
   * @return the way, the same from now on
   */
  public Way way(ResponseHead head) {
    Way known = way;
    if (known == null) {
      known = filter.begin(head);
      way = known;
    }
    return known;
  }

  /**
   * Takes a piece of a body whose {@link #way} is known and is not {@link Way#AS_IS}.
   *
   * @param octets the piece
   * @return what leaves now; nothing for {@link Way#WHOLE}
   */
  public byte[] next(byte[] octets) {
    if (way == Way.EVENTS) {
      return filter.next(octets, 0, octets.length);
    }
    held.write(octets, 0, Math.min(octets.length, filter.maxLength() + 1 - held.size()));
    return NOTHING;
  }

  /**
   * Ends a body that was held back.
   *
   * @param head its head
   * @return what leaves, all of it; nothing if the application wrote nothing, or if what it wrote
   *     was not held back
   */
  public byte[] end(ResponseHead head) {
    return held.size() == 0 ? NOTHING : filter.whole(head, held.toByteArray());
  }
}
