package dev.countersign.it.servlet;

import dev.countersign.http.Response;
import dev.countersign.testkit.Call;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The application's view of a request.
 *
 * @param request as the filter hands it on
 * @param response as the filter hands it on
 */
record ServletCall(HttpServletRequest request, HttpServletResponse response) implements Call {

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    return request.getRequestURI();
  }

  @Override
  public List<String> headers(String name) {
    return Collections.list(request.getHeaders(name));
  }

  @Override
  public byte[] body() throws IOException {
    return request.getInputStream().readAllBytes();
  }

  @Override
  public Optional<String> user() {
    return Optional.ofNullable(request.getUserPrincipal()).map(principal -> principal.getName());
  }

  @Override
  public void respond(Response answer) throws IOException {
    response.setStatus(answer.status());
    answer.fields().forEach(field -> response.addHeader(field.name(), field.value()));
    response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void respondHeadFirst(Response answer) throws IOException {
    response.setStatus(answer.status());
    answer.fields().forEach(field -> response.addHeader(field.name(), field.value()));
    response.flushBuffer();
    response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean again() {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      return false;
    }
    request.startAsync(request, response).dispatch();
    return true;
  }

  @Override
  public void error(int status) throws IOException {
    response.sendError(status);
  }

  @Override
  public void discard(Response answer) {
    answer.fields().forEach(field -> response.addHeader(field.name(), field.value()));
    response.setStatus(answer.status());
    response.reset();
  }

  @Override
  public OutputStream stream(String contentType) throws IOException {
    response.setContentType(contentType);
    response.flushBuffer();
    return response.getOutputStream();
  }

  @Override
  public void later(Task task) {
    AsyncContext async = request.startAsync(request, response);
    async.start(
        () -> {
          try {
            task.run();
          } catch (IOException e) {
            // The response has gone. Of an exception that left here Tomcat would make the status
            // 500 of whichever request has the response by then.
          } finally {
            async.complete();
          }
        });
  }
}
