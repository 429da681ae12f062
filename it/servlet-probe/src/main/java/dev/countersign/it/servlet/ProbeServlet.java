package dev.countersign.it.servlet;

import dev.countersign.testkit.ProbeApplication;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The probe as a servlet for every method. */
public final class ProbeServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient ProbeApplication application;

  /**
   * Makes a servlet of the probe.
   *
   * @param application the probe
   */
  public ProbeServlet(ProbeApplication application) {
    this.application = application;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    application.handle(new ServletCall(request, response));
  }
}
