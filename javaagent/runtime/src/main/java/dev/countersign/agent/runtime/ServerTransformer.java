package dev.countersign.agent.runtime;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes of the table, and touches no other. What cannot be woven is not loaded: the
 * JVM would swallow an exception and load the class as it is, unguarded. Thread-safe.
 */
final class ServerTransformer implements ClassFileTransformer {

  private static final byte[] NOT_A_CLASS = {0};

  private final HookPoints table;
  private final Ports ports;
  private final Consumer<String> failure;
  private final boolean clientsMatter;

  /**
   * A transformer.
   *
   * @param table what is woven
   * @param ports is told what was woven
   * @param failure takes what cannot be woven and why
   * @param clientsMatter whether that is so for an HTTP client as well; otherwise it is told, and
   *     nobody looks at what that client sends
   */
  ServerTransformer(
      HookPoints table, Ports ports, Consumer<String> failure, boolean clientsMatter) {
    this.table = table;
    this.ports = ports;
    this.failure = failure;
    this.clientsMatter = clientsMatter;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    List<HookPoint> points = name == null ? List.of() : table.in(name);
    if (name == null || points.isEmpty()) {
      return null;
    }
    try {
      byte[] woven = Weaver.weave(bytes, points);
      for (HookPoint point : points) {
        if (!point.isFramework() && point.line().isPresent()) {
          ports.woven(point.line().get());
        }
      }
      return woven;
    } catch (RuntimeException | Error e) {
      String what = name.replace('/', '.');
      if (!clientsMatter && points.get(0).isClient()) {
        FailureHandling.tell(what + " cannot be watched, and is not: " + e.getMessage());
        return null;
      }
      if (points.get(0).isFramework()) {
        // Without a user an application gives less than with one, and the server below is held.
        FailureHandling.tell(
            what + " cannot be told the user, who is nobody to it: " + e.getMessage());
        return null;
      }
      failure.accept(what + " cannot be guarded: " + e.getMessage());
      return NOT_A_CLASS;
    }
  }
}
