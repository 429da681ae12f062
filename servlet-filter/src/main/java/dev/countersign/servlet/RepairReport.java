package dev.countersign.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** Reports what was put right in a response, once nobody changes it any more. */
final class RepairReport implements AsyncListener {

  private final RepairedResponse response;

  private RepairReport(RepairedResponse response) {
    this.response = response;
  }

  /** Reports now, or when the asynchronous part of the request ends. */
  static void atTheEnd(HttpServletRequest request, RepairedResponse response) {
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new RepairReport(response));
        return;
      }
    } catch (IllegalStateException e) {
      // It has ended in the meantime.
    }
    response.report();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    response.report();
  }

  // Each of these is followed by a dispatch, which comes by the filter again, or by the end.

  @Override
  public void onTimeout(AsyncEvent event) {}

  @Override
  public void onError(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
