package dev.countersign.agent.runtime;

import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.BodyFilter.Way;
import dev.countersign.spi.FilteredBody;
import dev.countersign.spi.ResponseHead;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The output of a response whose body goes through a filter, for servers that have a stream for it.
 * Used by one thread at a time.
 */
public class FilteredOutput extends OutputStream {

  private static final byte[] NOTHING = {};

  private final OutputStream out;
  private final FilteredBody body;
  private final ResponseHead head;
  private boolean closed;

  /**
   * An output.
   *
   * @param out the server's own, which has the head leave at the first octet
   * @param filter what the body goes through
   * @param head the head, until then
   */
  public FilteredOutput(OutputStream out, BodyFilter filter, ResponseHead head) {
    this.out = out;
    this.body = new FilteredBody(filter);
    this.head = head;
  }

  /**
   * How it goes through.
   *
   * @return the way
   */
  protected final Way way() {
    return body.way(head);
  }

  /**
   * Told before the body leaves that was held back.
   *
   * @param length its length in octets
   * @throws IOException if the head cannot leave
   */
  protected void beforeWhole(int length) throws IOException {
    // The head leaves by itself.
  }

  @Override
  public final void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the response is over");
    }
    if (way() == Way.AS_IS) {
      out.write(octets, offset, length);
    } else {
      write(body.pass(head, Arrays.copyOfRange(octets, offset, offset + length), false));
    }
  }

  private void write(Optional<byte[]> leaving) throws IOException {
    if (leaving.isPresent() && leaving.get().length > 0) {
      out.write(leaving.get());
    }
  }

  @Override
  public void flush() throws IOException {
    if (way() != Way.WHOLE) {
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      end();
    }
    out.close();
  }

  private void end() throws IOException {
    if (way() == Way.WHOLE) {
      Optional<byte[]> whole = body.pass(head, NOTHING, true);
      beforeWhole(whole.map(octets -> octets.length).orElse(0));
      write(whole);
    }
  }

  /** Closes it without what is held back. */
  public final void abandon() {
    closed = true;
  }
}
