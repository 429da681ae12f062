package dev.countersign.agent.runtime;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes of the table, and touches no other. What cannot be woven is not loaded: the
 * JVM would swallow an exception and load the class as it is, unguarded. Thread-safe.
 */
final class ServerTransformer implements ClassFileTransformer {

  private static final byte[] NOT_A_CLASS = {0};

  private final Ports ports;
  private final FailureHandling failure;

  ServerTransformer(Ports ports, FailureHandling failure) {
    this.ports = ports;
    this.failure = failure;
    // Loaded now: the JVM asks for each class that is loaded, the table among them.
    HookPoint.isWoven("");
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (name == null || !HookPoint.isWoven(name)) {
      return null;
    }
    try {
      List<HookPoint> points = HookPoint.in(name);
      byte[] woven = Weaver.weave(bytes, points);
      points.forEach(point -> point.line().ifPresent(ports::woven));
      return woven;
    } catch (RuntimeException | Error e) {
      failure.handle(name.replace('/', '.') + " cannot be guarded: " + e.getMessage());
      return NOT_A_CLASS;
    }
  }
}
