package dev.countersign.servlet;

import dev.countersign.ResourceServer;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Repair;
import dev.countersign.spi.ResponseHead;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A response whose head is put right after every change of the application, so that it is right
 * whenever it leaves: by an error page, a flush, a full buffer, the end of the request, or an
 * asynchronous thread. The application sees the fields as it wrote them. Body and buffer are the
 * container's own. Used by one thread at a time.
 */
final class RepairedResponse extends HttpServletResponseWrapper {

  /** The fields that a repair may change. Of any other, nothing is known here. */
  private static final Set<String> REPAIRABLE =
      caseInsensitive(
          "WWW-Authenticate",
          "Access-Control-Allow-Origin",
          "Access-Control-Expose-Headers",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Access-Control-Max-Age",
          "Vary");

  private final ResourceServer engine;
  private final Exchange exchange;
  private final boolean crossOrigin;

  /** The lines that the application wrote, of fields that it or a repair has written. */
  private Map<String, List<String>> own = Map.of();

  /** The fields that now differ from that. */
  private Set<String> repaired = Set.of();

  private volatile List<Repair> pending = List.of();

  RepairedResponse(HttpServletResponse response, Exchange exchange, ResourceServer engine) {
    super(response);
    this.engine = engine;
    this.exchange = exchange;
    this.crossOrigin = !exchange.headers("Origin").isEmpty();
    repair(response.getStatus());
  }

  private static Set<String> caseInsensitive(String... names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(List.of(names));
    return set;
  }

  /** The layer of this kind that a response has; null if it has none. */
  static @Nullable RepairedResponse in(ServletResponse response) {
    ServletResponse layer = response;
    while (layer instanceof HttpServletResponseWrapper wrapper) {
      if (wrapper instanceof RepairedResponse found) {
        return found;
      }
      layer = wrapper.getResponse();
    }
    return null;
  }

  /** Reports what has been put right, once the application has done with the response. */
  void report() {
    List<Repair> done = pending;
    pending = List.of();
    engine.report(done);
  }

  private void repair(int status) {
    boolean untouched = own.isEmpty() && !super.containsHeader("WWW-Authenticate");
    if ((status != SC_UNAUTHORIZED && untouched && !crossOrigin) || isCommitted()) {
      return;
    }
    restore();
    pending = engine.mend(exchange, new Head(status));
  }

  private void restore() {
    for (String name : List.copyOf(repaired)) {
      write(name, own.getOrDefault(name, List.of()));
    }
    repaired = Set.of();
  }

  private void remember(String name, List<String> values) {
    if (own.isEmpty()) {
      own = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }
    own.put(name, List.copyOf(values));
  }

  private final class Head implements ResponseHead {

    private final int status;

    Head(int status) {
      this.status = status;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public List<String> headers(String name) {
      List<String> known = own.get(name);
      return known == null ? List.copyOf(RepairedResponse.super.getHeaders(name)) : known;
    }

    @Override
    public void headers(String name, List<String> values) {
      remember(name, headers(name));
      if (repaired.isEmpty()) {
        repaired = caseInsensitive();
      }
      repaired.add(name);
      write(name, values);
    }
  }

  private void write(String name, List<String> values) {
    if (values.isEmpty()) {
      super.setHeader(name, null);
      // Before Servlet 6.1 a field cannot be taken away; without a value it says nothing.
      if (super.containsHeader(name)) {
        super.setHeader(name, "");
      }
      return;
    }
    super.setHeader(name, values.get(0));
    values.stream().skip(1).forEach(value -> super.addHeader(name, value));
  }

  private void change(String name, List<String> values) {
    remember(name, values);
    write(name, values);
    repair(getStatus());
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (REPAIRABLE.contains(name)) {
      change(name, value == null ? List.of() : List.of(value));
    } else {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (value != null && REPAIRABLE.contains(name)) {
      List<String> values = new ArrayList<>(getHeaders(name));
      values.add(value);
      change(name, values);
    } else {
      super.addHeader(name, value);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (REPAIRABLE.contains(name)) {
      setHeader(name, Integer.toString(value));
    } else {
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (REPAIRABLE.contains(name)) {
      addHeader(name, Integer.toString(value));
    } else {
      super.addIntHeader(name, value);
    }
  }

  @Override
  public Collection<String> getHeaders(String name) {
    List<String> known = own.get(name);
    return known == null ? super.getHeaders(name) : known;
  }

  @Override
  public @Nullable String getHeader(String name) {
    List<String> known = own.get(name);
    if (known == null) {
      return super.getHeader(name);
    }
    return known.isEmpty() ? null : known.get(0);
  }

  @Override
  public boolean containsHeader(String name) {
    List<String> known = own.get(name);
    return known == null ? super.containsHeader(name) : !known.isEmpty();
  }

  @Override
  public void setStatus(int status) {
    super.setStatus(status);
    repair(status);
  }

  @Override
  public void sendError(int status) throws IOException {
    repair(status);
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    repair(status);
    super.sendError(status, message);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    repair(SC_FOUND);
    super.sendRedirect(location);
  }

  @Override
  public void reset() {
    super.reset();
    own = Map.of();
    repaired = Set.of();
    repair(getStatus());
  }
}
