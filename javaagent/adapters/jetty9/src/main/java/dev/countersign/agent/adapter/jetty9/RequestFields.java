package dev.countersign.agent.adapter.jetty9;

import dev.countersign.http.FieldNames;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import org.eclipse.jetty.server.Request;

/**
 * The fields of a request. By name: in Jetty 9 they are a class whose objects change, and from
 * Jetty 10 on an interface of ones that do not.
 */
final class RequestFields {

  private static final RequestFields OF_THIS_VERSION = new RequestFields();

  private final Class<?> type;
  private final Method fields;
  private final Method remove;

  private RequestFields() {
    try {
      ClassLoader jetty = Request.class.getClassLoader();
      this.type = Class.forName("org.eclipse.jetty.http.HttpFields", false, jetty);
      this.fields = Request.class.getMethod("getHttpFields");
      Class<?> changing =
          type.isInterface() ? Class.forName(type.getName() + "$Mutable", false, jetty) : type;
      this.remove = changing.getMethod("remove", String.class);
    } catch (ReflectiveOperationException e) {
      throw unknown(e);
    }
  }

  private static IllegalStateException unknown(ReflectiveOperationException e) {
    return new IllegalStateException("a version of Jetty whose fields cannot be hidden", e);
  }

  static void remove(Request request, FieldNames hidden) {
    List<String> present = Collections.list(request.getHeaderNames());
    present.removeIf(name -> !hidden.contains(name));
    if (!present.isEmpty()) {
      OF_THIS_VERSION.removeAll(request, present);
    }
  }

  private void removeAll(Request request, List<String> names) {
    try {
      Object all = fields.invoke(request);
      Object fewer = type.isInterface() ? type.getMethod("build", type).invoke(null, all) : all;
      for (String name : names) {
        remove.invoke(fewer, name);
      }
      if (fewer != all) {
        Request.class.getMethod("setHttpFields", type).invoke(request, fewer);
      }
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw unknown(e);
    }
  }
}
