package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.HttpExchange;
import dev.countersign.agent.runtime.FilteredOutput;
import dev.countersign.spi.BodyFilter;
import java.io.FilterOutputStream;
import java.io.IOException;

/**
 * The output of a response whose body goes through a filter. Its head is held back as long as the
 * body is. Used by one thread at a time.
 */
final class HeldResponse extends FilterOutputStream {

  // What the server takes for a length.
  private static final int NOBODY_KNOWS = 0;
  private static final int NO_BODY = -1;

  private final HttpExchange exchange;
  private final BodyFilter filter;
  private boolean begun;

  HeldResponse(HttpExchange exchange, BodyFilter filter) {
    super(exchange.getResponseBody());
    this.exchange = exchange;
    this.filter = filter;
  }

  /** Whether the head that the server is about to write is the one that was held back. */
  boolean isBegun() {
    return begun;
  }

  /**
   * The application wants its head to be written.
   *
   * @return whether the server is to do so now, as it is
   */
  boolean begin(HttpServerHead head, long length) throws IOException {
    if (length == NO_BODY) {
      return true;
    }
    begun = true;
    Filtered filtered = new Filtered(head);
    out = filtered;
    return filtered.begin();
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    out.write(octets, offset, length);
  }

  // The server may have closed its own, which cannot be flushed then.
  @Override
  public void close() throws IOException {
    out.close();
  }

  private final class Filtered extends FilteredOutput {

    private final int status;

    Filtered(HttpServerHead head) {
      super(HeldResponse.this.out, filter, head);
      this.status = head.status();
    }

    private boolean begin() throws IOException {
      return switch (way()) {
        case AS_IS -> true;
        case EVENTS -> {
          exchange.sendResponseHeaders(status, NOBODY_KNOWS);
          yield false;
        }
        case WHOLE -> false;
      };
    }

    @Override
    protected void beforeWhole(int length) throws IOException {
      exchange.sendResponseHeaders(status, length == 0 ? NO_BODY : length);
    }
  }

  /** Lets nothing leave that is held back. */
  void abandon() {
    if (out instanceof FilteredOutput filtered) {
      filtered.abandon();
    }
  }
}
