package dev.countersign.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a container sends. */
final class FakeResponse implements InvocationHandler {

  final List<String> headers = new ArrayList<>();
  int status = 200;
  boolean committed;
  boolean removes = true;
  boolean closed;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  private final ServletOutputStream stream =
      new ServletOutputStream() {
        @Override
        public void write(int octet) {
          content.write(octet);
        }

        @Override
        public void close() {
          closed = true;
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          try {
            listener.onWritePossible();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  HttpServletResponse proxy() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            FakeResponse.class.getClassLoader(), new Class<?>[] {HttpServletResponse.class}, this);
  }

  String body() {
    return content.toString(StandardCharsets.UTF_8);
  }

  List<String> values(Object name) {
    return headers.stream()
        .filter(line -> isOf(line, name))
        .map(line -> line.substring(((String) name).length() + 2))
        .toList();
  }

  private static boolean isOf(String line, Object name) {
    return line.regionMatches(true, 0, name + ":", 0, ((String) name).length() + 1);
  }

  @Override
  public Object invoke(Object proxy, Method called, Object[] arguments) {
    switch (called.getName()) {
      case "isCommitted":
        return committed;
      case "resetBuffer":
        content.reset();
        return null;
      case "setStatus":
        status = (int) arguments[0];
        return null;
      case "getStatus":
        return status;
      case "setHeader":
        // As containers do that follow Servlet 6.0, and those that follow 6.1.
        if (arguments[1] == null && !removes) {
          return null;
        }
        headers.removeIf(line -> isOf(line, arguments[0]));
        if (arguments[1] != null) {
          headers.add(arguments[0] + ": " + arguments[1]);
        }
        return null;
      case "setIntHeader":
        headers.add(arguments[0] + "# " + arguments[1]);
        return null;
      case "addIntHeader":
        headers.add(arguments[0] + "#+ " + arguments[1]);
        return null;
      case "containsHeader":
        return !values(arguments[0]).isEmpty();
      case "getHeaders":
        return values(arguments[0]);
      case "getHeader":
        return values(arguments[0]).stream().findFirst().orElse(null);
      case "reset":
        content.reset();
        headers.clear();
        status = 200;
        return null;
      case "sendError", "sendRedirect":
        headers.add("--- " + called.getName() + " " + Arrays.asList(arguments));
        committed = true;
        return null;
      case "addHeader":
        if (arguments[1] != null) {
          headers.add(arguments[0] + ": " + arguments[1]);
        }
        return null;
      case "getOutputStream":
        return stream;
      case "getWriter":
        return new PrintWriter(stream, false, StandardCharsets.UTF_8);
      case "setContentType":
        headers.removeIf(line -> isOf(line, "Content-Type"));
        headers.add("Content-Type: " + arguments[0]);
        return null;
      case "getContentType":
        return values("Content-Type").stream().findFirst().orElse(null);
      case "getCharacterEncoding":
        return "UTF-8";
      case "setCharacterEncoding":
        return null;
      case "setContentLengthLong":
        headers.add("Content-Length: " + arguments[0]);
        return null;
      case "flushBuffer":
        committed = true;
        return null;
      default:
        throw new UnsupportedOperationException(called.getName());
    }
  }
}
