package dev.countersign.servlet;

import dev.countersign.http.FieldNames;
import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.Lease;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mark of a request that was admitted, so that a forward, include, error or asynchronous
 * dispatch of it is not judged again.
 *
 * @param path the path that was judged
 * @param accessToken the token; empty if none was needed
 * @param body the body, if it was read for the decision
 * @param hidden the fields that the application does not see
 * @param lease how long the application may answer
 */
record Judged(
    String path,
    Optional<AccessToken> accessToken,
    Optional<ReplayedBody> body,
    FieldNames hidden,
    Lease lease) {

  // No client can set an attribute.
  private static final String MARK = Judged.class.getName();

  void mark(HttpServletRequest request) {
    request.setAttribute(MARK, this);
    accessToken.ifPresent(token -> request.setAttribute(ResourceServerFilter.ACCESS_TOKEN, token));
  }

  /** The request as the application is to see it, if it was admitted before; otherwise null. */
  static @Nullable HttpServletRequest before(
      HttpServletRequest request, HttpServletResponse response) {
    return request.getDispatcherType() != DispatcherType.REQUEST
            && request.getAttribute(MARK) instanceof Judged judged
            && judged.holdsFor(request)
        ? judged.dress(request, response)
        : null;
  }

  // A public path opens itself and the error page that the application has for it, but not what it
  // is
  // dispatched to.
  private boolean holdsFor(HttpServletRequest request) {
    return accessToken.isPresent()
        || request.getDispatcherType() == DispatcherType.ERROR
        || path.equals(pathOf(request));
  }

  /** The request with all that belongs to it, each of which a dispatch can have lost. */
  private HttpServletRequest dress(HttpServletRequest request, HttpServletResponse response) {
    HttpServletRequest dressed = request;
    if (body.isPresent() && !hasLayer(request, ReplayedRequest.class)) {
      dressed = new ReplayedRequest(dressed, body.get());
    }
    if (accessToken.isPresent() && !hasLayer(request, AuthenticatedRequest.class)) {
      dressed = new AuthenticatedRequest(dressed, accessToken.get());
    }
    if (!hidden.isEmpty() && !hasLayer(request, HidingRequest.class)) {
      dressed = new HidingRequest(dressed, response, hidden);
    }
    return dressed;
  }

  /** The raw path that was judged, before any dispatch; if none was, the current one. */
  static String firstPathOf(HttpServletRequest request) {
    return request.getAttribute(MARK) instanceof Judged judged ? judged.path : pathOf(request);
  }

  /** The lease of a request that was admitted; none of another one. */
  static Lease leaseOf(HttpServletRequest request) {
    return request.getAttribute(MARK) instanceof Judged judged ? judged.lease : Lease.NONE;
  }

  /** The raw path that is being dispatched to. */
  static String pathOf(HttpServletRequest request) {
    boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
    return included
            && request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) instanceof String target
        ? target
        : request.getRequestURI();
  }

  private static boolean hasLayer(HttpServletRequest request, Class<?> type) {
    ServletRequest layer = request;
    while (layer instanceof HttpServletRequestWrapper wrapper) {
      if (type.isInstance(wrapper)) {
        return true;
      }
      layer = wrapper.getRequest();
    }
    return false;
  }
}
