package dev.countersign.servlet;

import dev.countersign.http.FieldNames;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request without some of its fields. */
final class HidingRequest extends HttpServletRequestWrapper {

  private static final String SHOWN = HidingRequest.class.getName() + ".response";

  private final HttpServletResponse response;
  private final FieldNames hidden;

  HidingRequest(HttpServletRequest request, HttpServletResponse response, FieldNames hidden) {
    super(request);
    this.response = response;
    this.hidden = hidden;
  }

  /** The request that still has the lines of a field which a layer of this one hides. */
  static HttpServletRequest behind(HttpServletRequest request, String name) {
    HttpServletRequest source = request;
    ServletRequest layer = request;
    while (layer instanceof HttpServletRequestWrapper wrapper) {
      layer = wrapper.getRequest();
      if (wrapper instanceof HidingRequest hiding && hiding.hidden.contains(name)) {
        source = (HttpServletRequest) layer;
      }
    }
    return source;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return hidden.contains(name) ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return hidden.contains(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
  }

  @Override
  public @Nullable Enumeration<String> getHeaderNames() {
    Enumeration<String> all = super.getHeaderNames();
    if (all == null) {
      return null;
    }
    List<String> shown = Collections.list(all);
    shown.removeIf(hidden::contains);
    return Collections.enumeration(shown);
  }

  @Override
  public int getIntHeader(String name) {
    return hidden.contains(name) ? -1 : super.getIntHeader(name);
  }

  @Override
  public long getDateHeader(String name) {
    return hidden.contains(name) ? -1 : super.getDateHeader(name);
  }

  /** The response that an asynchronous context has, where the application names none. */
  static void showAsynchronously(HttpServletRequest request, HttpServletResponse response) {
    request.setAttribute(SHOWN, response);
  }

  // Without arguments the container would hand its own request on, with every field and without
  // the user.
  @Override
  public AsyncContext startAsync() {
    ServletResponse shown = getAttribute(SHOWN) instanceof ServletResponse one ? one : response;
    return startAsync(this, shown);
  }
}
