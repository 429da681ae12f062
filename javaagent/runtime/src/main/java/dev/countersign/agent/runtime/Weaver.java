package dev.countersign.agent.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Puts the calls of the {@link Gate} into one class. Not thread-safe: one for each class. */
final class Weaver extends ClassVisitor {

  private final List<HookPoint> points;
  private final List<HookPoint> missing;
  private Type type = Type.VOID_TYPE;

  private Weaver(ClassVisitor next, List<HookPoint> points) {
    super(Opcodes.ASM9, next);
    this.points = points;
    this.missing = new ArrayList<>();
    for (HookPoint point : points) {
      if (!point.isWholeClass()) {
        missing.add(point);
      }
    }
  }

  /**
   * Weaves.
   *
   * @param bytes the class as it was
   * @param points every hook point in it
   * @return the class with the calls; as it was if it is an interface without those methods
   * @throws IllegalStateException if no line of servers has all its hook points there
   */
  static byte[] weave(byte[] bytes, List<HookPoint> points) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    Weaver weaver = new Weaver(writer, points);
    reader.accept(weaver, 0);
    if (isInterface(reader) && weaver.missing.containsAll(points)) {
      return bytes;
    }
    if (!weaver.holds()) {
      throw new IllegalStateException(
          reader.getClassName() + " has no " + weaver.missing.get(0).place());
    }
    return writer.toByteArray();
  }

  // Jetty 12 has interfaces where older versions have classes, and another class runs the requests.
  private static boolean isInterface(ClassReader reader) {
    return (reader.getAccess() & Opcodes.ACC_INTERFACE) != 0;
  }

  // Versions of a server that share nothing but the name of a class are lines of their own.
  private boolean holds() {
    for (HookPoint point : points) {
      if (isComplete(point.line())) {
        return true;
      }
    }
    return false;
  }

  private boolean isComplete(Optional<ServerLine> line) {
    for (HookPoint point : missing) {
      if (point.line().equals(line)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void visit(
      int version, int access, String name, String signature, String parent, String[] interfaces) {
    type = Type.getObjectType(name);
    super.visit(version, access, name, signature, parent, interfaces);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    for (HookPoint point : points) {
      if (point.isIn(name + descriptor)) {
        next = new WovenMethod(next, access, descriptor, type, point, () -> missing.remove(point));
      }
    }
    return next;
  }
}
