package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A woven server whose guard fails: its own code does not run. */
class GateFailureTest {

  private static final String SERVER = "org.apache.catalina.connector.CoyoteAdapter";
  private static final List<String> ARGUMENTS =
      List.of("org.apache.coyote.Request", "org.apache.coyote.Response");

  private final Server server = new Server();

  /** Has a gate of its own, which is closed, and a server that calls it. */
  private static final class Server extends ClassLoader {

    Server() {
      super(GateFailureTest.class.getClassLoader());
      define(Gate.class.getName(), gate());
      ARGUMENTS.forEach(name -> define(name, type(name).toByteArray()));
      byte[] woven = Weaver.weave(service(), new HookPoints(false).in(internal(SERVER)));
      define(SERVER, withThisGate(woven));
    }

    private void define(String name, byte[] bytes) {
      defineClass(name, bytes, 0, bytes.length);
    }

    private static byte[] gate() {
      try (InputStream in = Gate.class.getResourceAsStream("Gate.class")) {
        return in == null ? new byte[0] : in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String internal(String name) {
      return name.replace('.', '/');
    }

    private static ClassWriter type(String name) {
      ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
      writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, internal(name), null, "java/lang/Object", null);
      MethodVisitor made = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
      made.visitCode();
      made.visitVarInsn(Opcodes.ALOAD, 0);
      made.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
      made.visitInsn(Opcodes.RETURN);
      made.visitMaxs(0, 0);
      made.visitEnd();
      return writer;
    }

    // Its method says that it was reached.
    private static byte[] service() {
      ClassWriter writer = type(SERVER);
      int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
      writer.visitField(access, "reached", "Z", null, null).visitEnd();
      String descriptor =
          "(L" + internal(ARGUMENTS.get(0)) + ";L" + internal(ARGUMENTS.get(1)) + ";)V";
      MethodVisitor code =
          writer.visitMethod(Opcodes.ACC_PUBLIC, "service", descriptor, null, null);
      code.visitCode();
      code.visitInsn(Opcodes.ICONST_1);
      code.visitFieldInsn(Opcodes.PUTSTATIC, internal(SERVER), "reached", "Z");
      code.visitInsn(Opcodes.RETURN);
      code.visitMaxs(0, 0);
      code.visitEnd();
      writer.visitEnd();
      return writer.toByteArray();
    }

    private static byte[] withThisGate(byte[] woven) {
      ClassWriter writer = new ClassWriter(0);
      Map<String, String> names = Map.of(GateDefinition.NAME, internal(Gate.class.getName()));
      new ClassReader(woven)
          .accept(new ClassRemapper(writer, new SimpleRemapper(Opcodes.ASM9, names)), 0);
      return writer.toByteArray();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> own = findLoadedClass(name);
      return own == null ? super.loadClass(name, resolve) : own;
    }

    void open(BiFunction<Class<?>, Object[], @Nullable Object> behind)
        throws ReflectiveOperationException {
      loadClass(Gate.class.getName()).getMethod("open", BiFunction.class).invoke(null, behind);
    }

    void serve() throws ReflectiveOperationException {
      Class<?> request = loadClass(ARGUMENTS.get(0));
      Class<?> response = loadClass(ARGUMENTS.get(1));
      Class<?> type = loadClass(SERVER);
      type.getMethod("service", request, response)
          .invoke(
              type.getConstructor().newInstance(),
              request.getConstructor().newInstance(),
              response.getConstructor().newInstance());
    }

    boolean isReached() throws ReflectiveOperationException {
      return loadClass(SERVER).getField("reached").getBoolean(null);
    }
  }

  private Throwable failure() {
    return assertThrows(InvocationTargetException.class, server::serve).getCause();
  }

  @Test
  void K09_nothingPassesBeforeTheGateIsOpened() throws Exception {
    assertEquals(IllegalStateException.class, failure().getClass());
    assertFalse(server.isReached());
  }

  @Test
  void K09_nothingPassesIfTheInterceptorFails() throws Exception {
    RuntimeException bug = new IllegalArgumentException("a bug");
    server.open(
        (woven, call) -> {
          throw bug;
        });

    assertSame(bug, failure());
    assertFalse(server.isReached());
  }

  @Test
  void K09_nothingPassesIfTheInterceptorCannotBeLinked() throws Exception {
    Error missing = new NoClassDefFoundError("a class of another version");
    server.open(
        (woven, call) -> {
          throw missing;
        });

    assertSame(missing, failure());
    assertFalse(server.isReached());
  }

  @Test
  void theRestPasses() throws Exception {
    server.open((woven, call) -> Boolean.TRUE);

    server.serve();

    assertTrue(server.isReached());
  }
}
