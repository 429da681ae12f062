package dev.countersign.servlet;

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
 * A body whose beginning was read for a decision: the application gets that beginning and then what
 * is left, byte for byte, by a stream or by a reader. Not thread-safe.
 */
final class ReplayedBody {

  private final HttpServletRequest request;
  private final byte[] beginning;
  private final boolean complete;
  private final Stream stream;
  private @Nullable BufferedReader reader;
  private boolean streamed;

  private ReplayedBody(
      HttpServletRequest request, byte[] beginning, ServletInputStream rest, boolean complete) {
    this.request = request;
    this.beginning = beginning;
    this.complete = complete;
    this.stream = new Stream(rest);
  }

  /** Reads the body, or its first {@code limit} bytes. */
  static ReplayedBody read(HttpServletRequest request, int limit) throws IOException {
    ServletInputStream in = request.getInputStream();
    byte[] beginning = in.readNBytes(limit);
    return new ReplayedBody(request, beginning, in, beginning.length < limit);
  }

  byte[] beginning() {
    return beginning;
  }

  /** The length in bytes; negative if more is left than was read. */
  int length() {
    return complete ? beginning.length : -1;
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

  /** Reading never has to wait for a call of the container, so a listener is served at once. */
  private final class Stream extends ServletInputStream {

    private final ByteArrayInputStream read = new ByteArrayInputStream(beginning);
    private final ServletInputStream rest;
    private boolean listening;

    Stream(ServletInputStream rest) {
      this.rest = rest;
    }

    @Override
    public int read() throws IOException {
      int next = read.read();
      return next < 0 && !complete ? rest.read() : next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int count = read.read(target, offset, length);
      return count < 0 && !complete ? rest.read(target, offset, length) : count;
    }

    @Override
    public int available() throws IOException {
      return read.available() > 0 || complete ? read.available() : rest.available();
    }

    @Override
    public boolean isFinished() {
      return read.available() == 0 && (complete || rest.isFinished());
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
