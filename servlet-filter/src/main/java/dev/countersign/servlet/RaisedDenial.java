package dev.countersign.servlet;

import dev.countersign.ResourceServer;
import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.InsufficientScopeException;
import dev.countersign.oauth.Scope;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Answers for an application that has thrown because the scope does not suffice. */
final class RaisedDenial {

  // Frameworks wrap what a handler throws, once or twice.
  private static final int MAX_CAUSES = 8;

  private RaisedDenial() {}

  /**
   * Sends the challenge, if that is what the application has asked for, and if it can still be
   * sent.
   *
   * @param thrown what came out of the application
   * @return false if nothing was done and the exception has to go on
   * @throws IOException if the answer cannot be written
   */
  static boolean isAnswered(
      Throwable thrown,
      HttpServletRequest request,
      HttpServletResponse response,
      ResourceServer engine)
      throws IOException {
    InsufficientScopeException raised = in(thrown);
    if (raised == null || !canAnswer(request, response)) {
      return false;
    }
    ServletExchange exchange = new ServletExchange(request, response, Judged.firstPathOf(request));
    Response refusal = engine.refusal(exchange, raised.needed(), held(request));
    // What the application wrote was for another answer.
    response.reset();
    exchange.send(refusal);
    return true;
  }

  private static boolean canAnswer(HttpServletRequest request, HttpServletResponse response) {
    return !response.isCommitted()
        && !request.isAsyncStarted()
        && request.getDispatcherType() != DispatcherType.INCLUDE;
  }

  private static Scope held(HttpServletRequest request) {
    return request.getAttribute(ResourceServerFilter.ACCESS_TOKEN) instanceof AccessToken token
        ? token.scope()
        : Scope.NONE;
  }

  private static @Nullable InsufficientScopeException in(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof InsufficientScopeException raised) {
        return raised;
      }
      cause = cause.getCause();
    }
    return null;
  }
}
