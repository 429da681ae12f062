package dev.countersign.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Reports what was put right in a response, and gives its lease back, once it is over. */
final class RepairReport implements AsyncListener {

  private final RepairedResponse repaired;
  private final @Nullable LeasedResponse leased;

  private RepairReport(RepairedResponse repaired, @Nullable LeasedResponse leased) {
    this.repaired = repaired;
    this.leased = leased;
  }

  /** Reports now, or when the asynchronous part of the request ends. */
  static void atTheEnd(
      HttpServletRequest request, RepairedResponse repaired, @Nullable LeasedResponse leased) {
    RepairReport report = new RepairReport(repaired, leased);
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(report);
        return;
      }
    } catch (IllegalStateException e) {
      // It has ended in the meantime.
    }
    report.report();
  }

  private void report() {
    if (leased != null) {
      leased.over();
    }
    repaired.report();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    report();
  }

  // Each of these is followed by a dispatch, which comes by the filter again, or by the end.

  @Override
  public void onTimeout(AsyncEvent event) {}

  @Override
  public void onError(AsyncEvent event) {}

  // The container forgets its listeners then.
  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
