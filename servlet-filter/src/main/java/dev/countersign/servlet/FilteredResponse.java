package dev.countersign.servlet;

import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.BodyFilter.Way;
import dev.countersign.spi.ResponseHead;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body goes through a filter. What the application writes is held back until it is
 * whole, or until an event of it is over. Used by one thread at a time.
 */
final class FilteredResponse extends HttpServletResponseWrapper {

  private static final String FILTER = FilteredResponse.class.getName();
  private static final String LENGTH = "Content-Length";
  private static final long UNKNOWN = -1;

  private final BodyOutput body;
  private final ResponseHead head = new Head();
  private @Nullable ServletOutputStream output;
  private @Nullable PrintWriter writer;
  private long length = UNKNOWN;

  FilteredResponse(HttpServletResponse response, BodyFilter filter) {
    super(response);
    this.body = new BodyOutput(filter, head, new Sink());
  }

  /** Remembers the filter of a request that was admitted, for every dispatch of it. */
  static void mark(ServletRequest request, BodyFilter filter) {
    request.setAttribute(FILTER, filter);
  }

  /** The response for the application: itself, if nothing has to be filtered. */
  static HttpServletResponse of(ServletRequest request, HttpServletResponse response) {
    return request.getAttribute(FILTER) instanceof BodyFilter filter
        ? new FilteredResponse(response, filter)
        : response;
  }

  /** The layer of this kind that a response has; null if it has none. */
  static @Nullable FilteredResponse in(ServletResponse response) {
    ServletResponse layer = response;
    while (layer instanceof HttpServletResponseWrapper wrapper) {
      if (wrapper instanceof FilteredResponse found) {
        return found;
      }
      layer = wrapper.getResponse();
    }
    return null;
  }

  /** The application has written all of it. */
  void end() throws IOException {
    if (writer != null) {
      writer.flush();
    }
    body.end();
  }

  /** The container's response, as the body needs it. */
  private final class Sink implements BodyOutput.Sink {

    @Override
    public ServletOutputStream output() throws IOException {
      return FilteredResponse.super.getOutputStream();
    }

    @Override
    public boolean isCommitted() {
      return FilteredResponse.super.isCommitted();
    }

    // What was said of the length holds for what leaves as it is.
    @Override
    public void asIs() {
      if (length != UNKNOWN) {
        FilteredResponse.super.setContentLengthLong(length);
      }
    }
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
      if (name.equalsIgnoreCase("Content-Type") && !values.isEmpty()) {
        setContentType(values.get(0));
      } else if (name.equalsIgnoreCase(LENGTH) && !values.isEmpty()) {
        FilteredResponse.super.setContentLengthLong(Long.parseLong(values.get(0)));
      } else if (!values.isEmpty()) {
        FilteredResponse.super.setHeader(name, values.get(0));
      } else if (containsHeader(name)) {
        FilteredResponse.super.setHeader(name, null);
        // Before Servlet 6.1 a field cannot be taken away.
        if (containsHeader(name)) {
          boolean coding = name.equalsIgnoreCase("Content-Encoding");
          FilteredResponse.super.setHeader(name, coding ? "identity" : "");
        }
      }
    }
  }

  private boolean isLength(String name, @Nullable String value) {
    if (!name.equalsIgnoreCase(LENGTH) || body.isAsIs()) {
      return false;
    }
    try {
      length = value == null ? UNKNOWN : Long.parseLong(value.strip());
    } catch (NumberFormatException e) {
      length = UNKNOWN;
    }
    return true;
  }

  @Override
  public void setContentLength(int octets) {
    setContentLengthLong(octets);
  }

  @Override
  public void setContentLengthLong(long octets) {
    if (!isLength(LENGTH, Long.toString(octets))) {
      super.setContentLengthLong(octets);
    }
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (!isLength(name, value)) {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (!isLength(name, value)) {
      super.addHeader(name, value);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (!isLength(name, Integer.toString(value))) {
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (!isLength(name, Integer.toString(value))) {
      super.addIntHeader(name, value);
    }
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    ServletOutputStream known = output;
    if (known == null) {
      known = new FilteredOutput(super.getOutputStream(), body);
      output = known;
    }
    return known;
  }

  // With a charset that is said, as a container says the one of its own writer.
  @Override
  public PrintWriter getWriter() throws IOException {
    PrintWriter known = writer;
    if (known == null) {
      String charset = getCharacterEncoding();
      setCharacterEncoding(charset);
      known = new PrintWriter(new OutputStreamWriter(getOutputStream(), named(charset)));
      writer = known;
    }
    return known;
  }

  private static Charset named(String charset) throws UnsupportedEncodingException {
    try {
      return Charset.forName(charset);
    } catch (IllegalArgumentException e) {
      throw new UnsupportedEncodingException(charset);
    }
  }

  @Override
  public void flushBuffer() throws IOException {
    if (writer != null) {
      writer.flush();
    }
    if (body.way() != Way.WHOLE) {
      super.flushBuffer();
    }
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    body.reset();
  }

  @Override
  public void reset() {
    super.reset();
    body.reset();
    output = null;
    writer = null;
    length = UNKNOWN;
  }

  // The container answers instead.

  @Override
  public void sendError(int status) throws IOException {
    body.abandon();
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    body.abandon();
    super.sendError(status, message);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    body.abandon();
    super.sendRedirect(location);
  }
}
