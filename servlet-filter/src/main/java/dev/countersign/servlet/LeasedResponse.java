package dev.countersign.servlet;

import dev.countersign.spi.Lease;
import dev.countersign.spi.ResponseHead;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response that begins a session, or is a stream that can be ended from outside. Used by one
 * thread at a time, but for the end.
 */
final class LeasedResponse extends HttpServletResponseWrapper {

  private static final String SESSION = "Mcp-Session-Id";

  private final Lease lease;
  private final StreamGate gate;
  private final ResponseHead head = new Head();
  private @Nullable ServletOutputStream output;
  private @Nullable PrintWriter writer;

  LeasedResponse(HttpServletRequest request, HttpServletResponse response, Lease lease) {
    super(response);
    this.lease = lease;
    this.gate = new StreamGate(lease, head, request);
    lease.onEnd(gate::end);
  }

  /** The layer of this kind that a response has; null if it has none. */
  static @Nullable LeasedResponse in(ServletResponse response) {
    ServletResponse layer = response;
    while (layer instanceof HttpServletResponseWrapper wrapper) {
      if (wrapper instanceof LeasedResponse found) {
        return found;
      }
      layer = wrapper.getResponse();
    }
    return null;
  }

  /** The container takes the response back. */
  void over() {
    gate.over();
    lease.begin(head);
    lease.close();
  }

  private final class Head implements ResponseHead {

    @Override
    public int status() {
      return getStatus();
    }

    @Override
    public List<String> headers(String name) {
      if (name.equalsIgnoreCase("Content-Type")) {
        // Not every container has it among the fields.
        String type = getContentType();
        return type == null ? List.of() : List.of(type);
      }
      return List.copyOf(getHeaders(name));
    }

    @Override
    public void headers(String name, List<String> values) {
      throw new UnsupportedOperationException("a lease changes no field");
    }
  }

  // Whose a session is has to be known before the client can use it.
  private void note(String name) {
    if (name.equalsIgnoreCase(SESSION)) {
      lease.begin(head);
    }
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    super.setHeader(name, value);
    note(name);
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    super.addHeader(name, value);
    note(name);
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    ServletOutputStream known = output;
    if (known == null) {
      known = new GatedOutput(super.getOutputStream(), gate, lease.lastEvent());
      output = known;
    }
    return known;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    PrintWriter known = writer;
    if (known == null) {
      known = GatedWriter.of(super.getWriter(), gate, lease.lastEvent());
      writer = known;
    }
    return known;
  }

  @Override
  public void flushBuffer() throws IOException {
    gate.pass(super::flushBuffer);
  }

  @Override
  public void reset() {
    super.reset();
    output = null;
    writer = null;
  }
}
