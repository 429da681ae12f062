package dev.countersign.agent.adapter.tomcat;

import java.lang.reflect.Field;
import org.apache.coyote.OutputBuffer;
import org.apache.coyote.Response;

/** Where a response keeps its way out, which it tells nobody (Tomcat 9.0 to 11.0). */
final class OutputField {

  private static final Field FIELD = field();

  private OutputField() {}

  private static Field field() {
    try {
      Field field = Response.class.getDeclaredField("outputBuffer");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("this Tomcat keeps its output elsewhere", e);
    }
  }

  static OutputBuffer of(Response response) {
    try {
      return (OutputBuffer) FIELD.get(response);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the output of a response cannot be read", e);
    }
  }
}
