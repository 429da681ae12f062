package dev.countersign.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request that says when the body of its response is whole, also if that is asynchronous. */
final class FilteredRequest extends HttpServletRequestWrapper {

  private final FilteredResponse response;

  FilteredRequest(HttpServletRequest request, FilteredResponse response) {
    super(request);
    this.response = response;
  }

  // Without arguments the container would hand its own response on.
  @Override
  public AsyncContext startAsync() {
    return startAsync(this, response);
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse shown) {
    return new FilteredContext(super.startAsync(request, shown), response);
  }

  @Override
  public AsyncContext getAsyncContext() {
    return new FilteredContext(super.getAsyncContext(), response);
  }
}
