package dev.countersign.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** Does something when nobody reads a request any more. */
final class RequestEnd implements AsyncListener {

  private final Runnable action;

  private RequestEnd(Runnable action) {
    this.action = action;
  }

  /** Does it now, or when the asynchronous part of the request ends. */
  static void then(HttpServletRequest request, Runnable action) {
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new RequestEnd(action));
        return;
      }
    } catch (IllegalStateException e) {
      // It has ended in the meantime.
    }
    action.run();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    action.run();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // The end follows.
  }

  @Override
  public void onError(AsyncEvent event) {
    // The end follows.
  }

  // A request that is dispatched and becomes asynchronous again forgets its listeners.
  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
