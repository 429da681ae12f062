package dev.countersign.agent.runtime;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code java.net.HttpURLConnection} sends, when the head is complete. */
public final class UrlConnectionCalls implements Interceptor {

  private static final String PACKAGE = "sun.net.www";

  private final OutgoingCalls outgoing;

  /** The fields of a request. A JDK that keeps them otherwise is one that cannot be read. */
  private static final class Fields {

    static final MethodHandle NAME = getter("getKey");
    static final MethodHandle VALUE = getter("getValue");

    private static MethodHandle getter(String name) {
      try {
        return MethodHandles.lookup()
            .findVirtual(
                Class.forName(PACKAGE + ".MessageHeader", false, null),
                name,
                MethodType.methodType(String.class, int.class));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * An interceptor.
   *
   * @param engine the engine
   */
  public UrlConnectionCalls(Engine engine) {
    this.outgoing = engine.outgoing();
  }

  /** Lets this class see the fields: they are of a package that the JDK keeps for itself. */
  static void open(Instrumentation instrumentation) {
    Set<Module> ours = Set.of(UrlConnectionCalls.class.getModule());
    instrumentation.redefineModule(
        Object.class.getModule(), Set.of(), Map.of(PACKAGE, ours), Map.of(), Set.of(), Map.of());
  }

  @Override
  public @Nullable Object intercept(Call call) throws IOException {
    Object fields = call.argument(0, Object.class);
    outgoing.check("java.net.HttpURLConnection", () -> read(fields));
    return null;
  }

  // The first name is the request line, without a value.
  private static OutgoingCall read(Object fields) {
    String requestLine = get(Fields.NAME, fields, 0);
    List<String> values = new ArrayList<>();
    String host = null;
    int at = 1;
    for (String name = get(Fields.NAME, fields, at);
        name != null;
        name = get(Fields.NAME, fields, at)) {
      String value = get(Fields.VALUE, fields, at);
      if (value != null) {
        values.add(value);
        host = name.equalsIgnoreCase("Host") ? value : host;
      }
      at++;
    }
    return OutgoingCall.of(host, requestLine == null ? "" : requestLine, values);
  }

  private static @Nullable String get(MethodHandle getter, Object fields, int index) {
    try {
      return (String) getter.invoke(fields, index);
    } catch (Throwable e) {
      throw new IllegalStateException("the fields of a request cannot be read", e);
    }
  }
}
