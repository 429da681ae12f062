package dev.countersign.servlet;

import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.ReplayableBody;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A body whose beginning is read for a decision: the application gets that beginning and then what
 * is left, byte for byte, by a stream or by a reader. Used by one thread at a time.
 */
final class ReplayedBody implements ReplayableBody {

  private static final ByteArrayInputStream NOTHING = new ByteArrayInputStream(new byte[0]);

  private static final BodyAllowance UNCOUNTED =
      new BodyAllowance() {
        @Override
        public void take(int bytes) {
          // As many as there are.
        }

        @Override
        public Runnable keep() {
          return () -> {};
        }
      };

  private final HttpServletRequest request;
  private final Stream stream = new Stream();
  private @Nullable ServletInputStream rest;
  private ByteArrayInputStream beginning = NOTHING;
  private int length;
  private boolean complete;
  private Runnable release = () -> {};
  private @Nullable BufferedReader reader;
  private boolean streamed;

  ReplayedBody(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public byte[] read(int limit) throws IOException {
    return read(limit, UNCOUNTED);
  }

  // What has arrived is kept if reading fails: an engine that only reports goes on.
  @Override
  public byte[] read(int limit, BodyAllowance allowance) throws IOException {
    ServletInputStream in = request.getInputStream();
    rest = in;
    ArrivingBytes arriving = new ArrivingBytes(limit, request.getContentLengthLong());
    byte[] content;
    try {
      while (!complete && !arriving.isFull()) {
        int count = arriving.read(in);
        complete = count < 0;
        if (!complete) {
          allowance.take(count);
        }
      }
    } finally {
      content = arriving.toArray();
      length = content.length;
      beginning = new ByteArrayInputStream(content);
    }
    release = allowance.keep();
    return content;
  }

  /** Whether any of it was read for a decision. */
  boolean isBegun() {
    return rest != null;
  }

  /** Says that nobody reads the body any more. */
  void release() {
    release.run();
  }

  /** The length in bytes; negative if more is left than was read. */
  int length() {
    return complete ? length : -1;
  }

  ServletInputStream stream() {
    if (reader != null) {
      throw new IllegalStateException("getReader has been called");
    }
    streamed = true;
    return stream;
  }

  // What was judged was judged as UTF-8, whatever the container would take it for.
  BufferedReader reader() {
    if (streamed) {
      throw new IllegalStateException("getInputStream has been called");
    }
    BufferedReader open = reader;
    if (open == null) {
      open = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      reader = open;
    }
    return open;
  }

  private @Nullable ServletInputStream rest() {
    return complete ? null : rest;
  }

  /** Reading never has to wait for a call of the container, so a listener is served at once. */
  private final class Stream extends ServletInputStream {

    private boolean listening;

    @Override
    public int read() throws IOException {
      int next = beginning.read();
      ServletInputStream more = next < 0 ? rest() : null;
      releaseIfRead();
      return more == null ? next : more.read();
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      int read = beginning.read(target, offset, count);
      ServletInputStream more = read < 0 ? rest() : null;
      releaseIfRead();
      return more == null ? read : more.read(target, offset, count);
    }

    private void releaseIfRead() {
      if (beginning != NOTHING && beginning.available() == 0) {
        beginning = NOTHING;
        release();
      }
    }

    @Override
    public int available() throws IOException {
      ServletInputStream more = rest();
      return beginning.available() > 0 || more == null ? beginning.available() : more.available();
    }

    @Override
    public boolean isFinished() {
      ServletInputStream more = rest();
      return beginning.available() == 0 && (more == null || more.isFinished());
    }

    @Override
    public boolean isReady() {
      return !listening || !isFinished();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      if (listening) {
        throw new IllegalStateException("there is a listener already");
      }
      listening = true;
      request.getAsyncContext().start(() -> serve(listener));
    }

    private void serve(ReadListener listener) {
      try {
        if (!isFinished()) {
          listener.onDataAvailable();
        }
        if (isFinished()) {
          listener.onAllDataRead();
        }
      } catch (IOException | RuntimeException e) {
        listener.onError(e);
      }
    }
  }
}
