package dev.countersign.agent.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every place at which a server is held: one method of one class of the server, known by exact
 * name, and the adapter that takes its calls. The table of supported servers is made from it.
 */
enum HookPoint {
  /** Below the servlet API, so one for javax and jakarta, and for HTTP/1.1 and HTTP/2. */
  TOMCAT(
      ServerLine.TOMCAT,
      "org.apache.catalina.connector.CoyoteAdapter",
      "service(Lorg/apache/coyote/Request;Lorg/apache/coyote/Response;)V",
      Weaving.GUARD,
      "tomcat.TomcatGuard");

  private static final String ADAPTERS = "dev.countersign.agent.adapter.";

  private static final Map<String, List<HookPoint>> BY_CLASS =
      Arrays.stream(values()).collect(Collectors.groupingBy(point -> point.internalName));

  private final ServerLine line;
  private final String internalName;
  private final String method;
  private final Weaving weaving;
  private final String adapter;

  HookPoint(ServerLine line, String className, String method, Weaving weaving, String adapter) {
    this.line = line;
    this.internalName = className.replace('.', '/');
    this.method = method;
    this.weaving = weaving;
    this.adapter = ADAPTERS + adapter;
  }

  /** The hook points in a class, by its internal name; empty for most classes. */
  static List<HookPoint> in(String internalName) {
    return BY_CLASS.getOrDefault(internalName, List.of());
  }

  /** Every class with a hook point, by internal name. */
  static boolean isWoven(String internalName) {
    return BY_CLASS.containsKey(internalName);
  }

  ServerLine line() {
    return line;
  }

  /** The name of the method with its descriptor. */
  String method() {
    return method;
  }

  Weaving weaving() {
    return weaving;
  }

  /** The binary name of the class that takes the calls. */
  String adapter() {
    return adapter;
  }
}
