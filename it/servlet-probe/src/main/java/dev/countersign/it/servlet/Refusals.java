package dev.countersign.it.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Every way in which an application can write the head of a refusal. */
enum Refusals implements Servlets.Handler {
  STATUS((request, response) -> response.setStatus(401)),
  ERROR((request, response) -> response.sendError(401)),
  ERROR_WITH_TEXT((request, response) -> response.sendError(401, "no")),
  HEADER_THEN_ERROR(
      (request, response) -> {
        response.setHeader("WWW-Authenticate", "Bearer");
        response.sendError(401);
      }),
  STATUS_THEN_HEADER(
      (request, response) -> {
        response.setStatus(401);
        response.addHeader("WWW-Authenticate", "bearer, Basic realm=\"x\"");
        response.addHeader("WWW-Authenticate", "Bearer scope=mcp:read");
      }),
  FLUSH(
      (request, response) -> {
        response.setStatus(401);
        response.flushBuffer();
      }),
  FULL_BUFFER(
      (request, response) -> {
        response.setStatus(401);
        response.getOutputStream().write(new byte[256 * 1024]);
      }),
  WRITER_THEN_HEADER(
      (request, response) -> {
        response.setStatus(401);
        response.getWriter().print("no");
        response.addHeader("WWW-Authenticate", "Bearer");
      }),
  RESET(
      (request, response) -> {
        response.setStatus(403);
        response.addHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
        response.reset();
        response.setStatus(401);
      }),
  FORWARD((request, response) -> forward("ERROR", request, response)),
  ASYNC(
      (request, response) -> {
        AsyncContext context = request.startAsync(request, response);
        context.start(
            () -> {
              response.setStatus(401);
              context.complete();
            });
      }),
  ASYNC_HEADER(
      (request, response) -> {
        AsyncContext context = request.startAsync(request, response);
        context.start(
            () -> {
              response.addHeader("WWW-Authenticate", "Bearer");
              response.setStatus(401);
              context.complete();
            });
      }),
  BARE_DISPATCH((request, response) -> request.startAsync().dispatch("/refuse/ERROR")),
  ASYNC_DISPATCH(
      (request, response) -> request.startAsync(request, response).dispatch("/refuse/STATUS"));

  private final Servlets.Handler handler;

  Refusals(Servlets.Handler handler) {
    this.handler = handler;
  }

  private static void forward(String way, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    request.getRequestDispatcher("/refuse/" + way).forward(request, response);
  }

  String path() {
    return "/refuse/" + name();
  }

  @Override
  public void handle(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    handler.handle(request, response);
  }

  /** Sends an event, and a second one when it is told to. */
  static Servlets.Handler events(CountDownLatch second) {
    return (request, response) -> {
      response.setContentType("text/event-stream");
      response.getOutputStream().write("data: 1\n\n".getBytes(StandardCharsets.US_ASCII));
      response.flushBuffer();
      try {
        second.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      response.getOutputStream().write("data: 2\n\n".getBytes(StandardCharsets.US_ASCII));
    };
  }
}
