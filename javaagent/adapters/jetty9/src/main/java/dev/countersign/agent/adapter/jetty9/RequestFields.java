package dev.countersign.agent.adapter.jetty9;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.eclipse.jetty.server.Request;

/**
 * The fields of a request. By name: in Jetty 9 they are a class whose objects change, and from
 * Jetty 10 on an interface of ones that do not.
 */
final class RequestFields {

  private static final String TYPE = "org.eclipse.jetty.http.HttpFields";

  private RequestFields() {}

  static void remove(Request request, List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    try {
      Class<?> type = Class.forName(TYPE, false, Request.class.getClassLoader());
      Object fields = Request.class.getMethod("getHttpFields").invoke(request);
      if (!type.isInterface()) {
        remove(type, fields, names);
        return;
      }
      Object fewer = type.getMethod("build", type).invoke(null, fields);
      remove(fewer.getClass(), fewer, names);
      Request.class.getMethod("setHttpFields", type).invoke(request, fewer);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException("a version of Jetty whose fields cannot be hidden", e);
    }
  }

  private static void remove(Class<?> type, Object fields, List<String> names)
      throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
    for (String name : names) {
      type.getMethod("remove", String.class).invoke(fields, name);
    }
  }
}
