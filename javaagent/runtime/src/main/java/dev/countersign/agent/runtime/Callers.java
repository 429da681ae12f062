package dev.countersign.agent.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * Whose code it is that opens a port.
 *
 * @param classes the classes whose methods the thread is in, from the inner to the outer ones
 */
record Callers(List<String> classes) {

  // Ports of the JDK's own: management, and the pipes of some operating systems. And the one that
  // Open Liberty's script stops it by, which asks for a secret from the server's directory.
  private static final List<String> OWN =
      List.of(
          "sun.rmi.",
          "sun.management.",
          "jdk.internal.agent.",
          "sun.nio.ch.PipeImpl",
          "com.ibm.ws.kernel.launch.internal.ServerCommandListener");

  // What stands between a server and its socket.
  private static final List<String> BELOW =
      List.of("dev.countersign.agent.runtime.", "java.", "javax.", "jdk.", "sun.");

  /** Those of the calling thread. */
  static Callers current() {
    List<String> names = new ArrayList<>();
    StackWalker.getInstance().forEach(frame -> names.add(frame.getClassName()));
    return new Callers(names);
  }

  /** Whether the port is none of the application's. */
  boolean isOwn() {
    return classes.stream().anyMatch(name -> isIn(OWN, name));
  }

  /** The class that opens the port, as a message names it. */
  String opener() {
    return classes.stream().filter(name -> !isIn(BELOW, name)).findFirst().orElse("the JDK");
  }

  private static boolean isIn(List<String> prefixes, String className) {
    return prefixes.stream().anyMatch(className::startsWith);
  }
}
