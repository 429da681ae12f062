package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class WeaverTest {

  private static final HookPoints TABLE = new HookPoints(false);
  private static final String NAME = "org/apache/catalina/connector/CoyoteAdapter";
  private static final String DESCRIPTOR =
      "(Lorg/apache/coyote/Request;Lorg/apache/coyote/Response;)V";

  private static byte[] adapter(int version, String method) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(version, Opcodes.ACC_PUBLIC, NAME, null, "java/lang/Object", null);
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, method, DESCRIPTOR, null, null);
    code.visitCode();
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 3);
    code.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  /** The owners of all calls in a class, in their order. */
  private static List<String> calls(byte[] bytes) {
    List<String> owners = new ArrayList<>();
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String called, String type, boolean isInterface) {
                    owners.add(owner + "." + called);
                  }
                };
              }
            },
            0);
    return owners;
  }

  @Test
  void callsTheGateOnce() {
    byte[] woven = Weaver.weave(adapter(Opcodes.V17, "service"), TABLE.in(NAME));

    assertTrue(calls(woven).contains(GateDefinition.NAME + ".pass"));
    assertEquals(1, calls(woven).size(), () -> calls(woven).toString());
  }

  @Test
  void K10_refusesAClassWithoutItsHookPoint() {
    byte[] changed = adapter(Opcodes.V17, "serve");

    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> Weaver.weave(changed, TABLE.in(NAME)));
    assertTrue(thrown.getMessage().contains("CoyoteAdapter has no service"), thrown::getMessage);
  }

  @Test
  void K10_refusesAClassFileOfTheFuture() {
    byte[] future = adapter(Opcodes.V17, "service");
    // major_version (JVMS 4.1)
    future[6] = 0x7f;

    assertThrows(IllegalArgumentException.class, () -> Weaver.weave(future, TABLE.in(NAME)));
  }

  @Test
  void touchesNoOtherClass() {
    for (String name : List.of("java/lang/String", NAME + "$1", "org/apache/catalina/Server", "")) {
      assertEquals(List.of(), TABLE.in(name));
    }
  }
}
