package dev.countersign.it.servlet;

import dev.countersign.testkit.ProbeApplication;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The probe as a servlet for every method. */
public final class ProbeServlet extends HttpServlet {

  /** From here on the servlet says who the user is, and in which roles. */
  static final String ROLES = "/roles";

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
    if (request.getRequestURI().startsWith(ROLES)) {
      roles(request, response);
    } else {
      application.handle(new ServletCall(request, response));
    }
  }

  private static void roles(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String said =
        String.join(
            " ",
            String.valueOf(request.getUserPrincipal() == null ? null : request.getRemoteUser()),
            String.valueOf(request.getAuthType()),
            Boolean.toString(request.isUserInRole("mcp:read")),
            Boolean.toString(request.isUserInRole("files:write")));
    response.getWriter().print(said);
  }
}
