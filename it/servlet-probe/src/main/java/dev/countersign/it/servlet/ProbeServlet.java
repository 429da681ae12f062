package dev.countersign.it.servlet;

import dev.countersign.testkit.ProbeApplication;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** The probe as a servlet for every method. */
public final class ProbeServlet extends HttpServlet {

  /** From here on the servlet says who the user is, in which roles, and by the claims. */
  static final String ROLES = "/roles";

  // Here it does so by another dispatch: {@code include} for instance.
  private static final String BY = ROLES + "/by/";

  // Its error page is at ROLES.
  private static final int ERROR = 455;

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
      throws IOException, ServletException {
    // An include does not change what the request says.
    Object included = request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI);
    String path = included == null ? request.getRequestURI() : (String) included;
    if (path.startsWith(BY)) {
      dispatch(path.substring(BY.length()), request, response);
    } else if (path.startsWith(ROLES)) {
      say(request, response);
    } else {
      application.handle(new ServletCall(request, response));
    }
  }

  private static void dispatch(String way, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    switch (way) {
      case "include" -> {
        say(request, response);
        request.getRequestDispatcher(ROLES).include(request, response);
        say(request, response);
      }
      case "forward" -> request.getRequestDispatcher(ROLES).forward(request, response);
      case "both" -> request.getRequestDispatcher(BY + "include").forward(request, response);
      case "async" -> request.startAsync().dispatch(ROLES);
      case "error" -> response.sendError(ERROR);
      default -> throw new IllegalArgumentException(way);
    }
  }

  private static void say(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object claims = request.getAttribute("dev.countersign.claims");
    String said =
        String.join(
            " ",
            String.valueOf(request.getUserPrincipal() == null ? null : request.getRemoteUser()),
            String.valueOf(request.getAuthType()),
            Boolean.toString(request.isUserInRole("mcp:read")),
            Boolean.toString(request.isUserInRole("files:write")),
            String.valueOf(claims instanceof Map<?, ?> map ? map.get("sub") : null));
    response.getWriter().print(said + "\n");
  }
}
