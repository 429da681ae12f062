package dev.countersign.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a container sends. */
final class FakeResponse implements InvocationHandler {

  final List<String> headers = new ArrayList<>();
  int status = 200;
  boolean committed;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  private final ServletOutputStream stream =
      new ServletOutputStream() {
        @Override
        public void write(int octet) {
          content.write(octet);
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          throw new UnsupportedOperationException();
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
      case "setHeader":
        headers.removeIf(
            line ->
                line.regionMatches(
                    true, 0, arguments[0] + ":", 0, ((String) arguments[0]).length() + 1));
        headers.add(arguments[0] + ": " + arguments[1]);
        return null;
      case "addHeader":
        headers.add(arguments[0] + ": " + arguments[1]);
        return null;
      case "getOutputStream":
        return stream;
      case "flushBuffer":
        committed = true;
        return null;
      default:
        throw new UnsupportedOperationException(called.getName());
    }
  }
}
