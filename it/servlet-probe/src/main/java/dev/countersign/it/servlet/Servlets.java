package dev.countersign.it.servlet;

import dev.countersign.oauth.AccessToken;
import dev.countersign.servlet.ResourceServerFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** Small applications that use what only servlets have. */
final class Servlets {

  private Servlets() {}

  /** Handles one request. */
  @FunctionalInterface
  interface Handler {
    void handle(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  /** A servlet for every method. */
  static HttpServlet of(Handler handler) {
    return new HandlerServlet(handler);
  }

  private static final class HandlerServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Handler handler;

    HandlerServlet(Handler handler) {
      this.handler = handler;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      handler.handle(request, response);
    }
  }

  /** A servlet that answers POST, and leaves other methods to the servlet API. */
  static final class PostServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("posted");
    }
  }

  static void forward(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    request.getRequestDispatcher("/mcp").forward(request, response);
  }

  static void include(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    request.getRequestDispatcher("/mcp").include(request, response);
  }

  static void forwardByName(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    request.getServletContext().getNamedDispatcher("probe").forward(request, response);
  }

  static void dispatch(HttpServletRequest request, HttpServletResponse response) {
    request.startAsync(request, response).dispatch("/mcp");
  }

  /**
   * Goes on with the request as the container made it, without the layers that filters put on it.
   */
  static void dispatchBare(HttpServletRequest request, HttpServletResponse response) {
    request.startAsync().dispatch("/mcp");
  }

  /** Reads the body without blocking, and gives it back. */
  static void listen(HttpServletRequest request, HttpServletResponse response) throws IOException {
    AsyncContext async = request.startAsync(request, response);
    ServletInputStream in = request.getInputStream();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    in.setReadListener(
        new ReadListener() {
          @Override
          public void onDataAvailable() throws IOException {
            byte[] part = new byte[1000];
            while (in.isReady() && !in.isFinished()) {
              int count = in.read(part);
              body.write(part, 0, Math.max(count, 0));
            }
          }

          @Override
          public void onAllDataRead() throws IOException {
            response.getOutputStream().write(body.toByteArray());
            async.complete();
          }

          @Override
          public void onError(Throwable fault) {
            async.complete();
          }
        });
  }

  /** Reads the body by a reader or a stream, as the query says, and tries all the other ways. */
  static void read(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    boolean byReader = "reader".equals(request.getParameter("by"));
    String body =
        byReader
            ? String.join("", request.getReader().lines().toList())
            : new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int again = byReader ? request.getReader().read() : request.getInputStream().read();
    boolean both = isPossible(byReader ? request::getInputStream : request::getReader);
    boolean parts = isPossible(request::getParts);
    response.getWriter().print(body + " " + again + " " + both + " " + parts);
  }

  private static boolean isPossible(Callable<?> way) throws IOException {
    try {
      way.call();
      return true;
    } catch (IllegalStateException | ServletException e) {
      return false;
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  static void errorPage(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().print("error page for " + request.getRemoteUser());
  }

  static void fail(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.sendError(418);
  }

  /** Finds out that it needs more scope, after it has begun to write. */
  static void raise(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    response.setHeader("Content-Encoding", "nonsense");
    response.getWriter().print("not for this client");
    if ("wrapped".equals(request.getQueryString())) {
      try {
        requireMore(request);
      } catch (RuntimeException e) {
        throw new ServletException("as frameworks do", e);
      }
    }
    if ("late".equals(request.getQueryString())) {
      response.flushBuffer();
    }
    requireMore(request);
  }

  private static void requireMore(HttpServletRequest request) {
    if (request.getAttribute(ResourceServerFilter.ACCESS_TOKEN) instanceof AccessToken token) {
      token.requireScopes("files:write");
    }
  }

  /** Everything that the servlet API can say of the user. */
  static void identity(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object token = request.getAttribute(ResourceServerFilter.ACCESS_TOKEN);
    String said =
        String.join(
            " ",
            String.valueOf(request.getRemoteUser()),
            String.valueOf(request.getAuthType()),
            Boolean.toString(request.isUserInRole("mcp:read")),
            Boolean.toString(request.isUserInRole("files:write")),
            token instanceof AccessToken accessToken ? accessToken.subject() : "no token");
    response.getWriter().print(said);
  }
}
