package dev.countersign.agent.adapter.jetty9;

import dev.countersign.spi.ResponseHead;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.eclipse.jetty.server.Response;

/**
 * The head of a response that leaves. The response itself takes no fields while a servlet is
 * included, so they go to its table of fields, whose type is a class in Jetty 9 and an interface
 * since 10: hence by name.
 */
final class ChannelHead implements ResponseHead {

  private static final long UNKNOWN = -1;

  private final Response response;

  ChannelHead(Response response) {
    this.response = response;
  }

  @Override
  public int status() {
    return response.getStatus();
  }

  @Override
  public List<String> headers(String name) {
    return List.copyOf(response.getHeaders(name));
  }

  @Override
  public void headers(String name, List<String> values) {
    if (name.equalsIgnoreCase("Content-Length")) {
      // What is written between head and body goes by this number.
      response.setLongContentLength(values.isEmpty() ? UNKNOWN : Long.parseLong(values.get(0)));
    }
    try {
      Method table = Response.class.getMethod("getHttpFields");
      Object fields = table.invoke(response);
      Class<?> type = table.getReturnType();
      type.getMethod("remove", String.class).invoke(fields, name);
      Method add = type.getMethod("add", String.class, String.class);
      for (String value : values) {
        add.invoke(fields, name, value);
      }
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a version of Jetty whose fields cannot be changed", e);
    }
  }
}
