package dev.countersign.config;

/**
 * The environment variables by which Kubernetes tells each pod of the Services beside it, named
 * after the Service: one called {@code countersign} is {@code COUNTERSIGN_SERVICE_HOST}, {@code
 * COUNTERSIGN_PORT=tcp://10.0.0.1:80} and some more.
 */
final class ServiceLinks {

  static final String EXPECTATION =
      "there is no such setting; Kubernetes sets this variable, and others like it, for a Service"
          + " whose name begins with countersign: enableServiceLinks: false in the spec of the pod"
          + " ends that";

  // [ service "_" ] ( "SERVICE_HOST" / "SERVICE_PORT" [ "_" port name ]
  //   / "PORT_" number "_" protocol [ "_PROTO" / "_PORT" / "_ADDR" ] )
  private static final String LINK =
      ".+_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)";

  private ServiceLinks() {}

  /** Whether a variable is one of them. No setting is spelt so. */
  static boolean has(String name, String value) {
    if (!name.contains("_PORT") && !name.contains("_SERVICE_HOST")) {
      return false;
    }
    return name.matches(LINK) || (name.endsWith("_PORT") && value.contains("://"));
  }
}
