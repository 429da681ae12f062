package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ResourceServerConfig;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What stands on a server is told the user, and need not be there as it was. */
class FrameworkWeavingTest {

  private static final String CONTEXT = "io/vertx/ext/web/impl/RoutingContextImpl";
  private static final String EXCHANGE =
      "org/springframework/web/server/adapter/DefaultServerWebExchange";

  /** A class with one method that returns null. */
  private static byte[] type(String name, String method, String descriptor) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, method, descriptor, null, null);
    code.visitCode();
    code.visitInsn(Opcodes.ACONST_NULL);
    code.visitInsn(Opcodes.ARETURN);
    code.visitMaxs(1, 2);
    code.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static byte @Nullable [] woven(String name, byte[] bytes) {
    ResourceServerConfig config =
        ResourceServerConfig.builder("https://mcp.example.com/mcp")
            .authorizationServer("https://id.example.com")
            .build();
    return new ServerTransformer(
            new HookPoints(false),
            new Ports(config, port -> {}),
            FailureHandling.DENY::handle,
            true)
        .transform(null, null, name, null, null, bytes);
  }

  /** Where the gate is called: the position of the instruction, or -1. */
  private static int gate(byte @Nullable [] bytes) {
    int[] found = {-1, 0};
    new ClassReader(bytes == null ? new byte[0] : bytes)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitInsn(int opcode) {
                    found[1]++;
                  }

                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String called, String type, boolean isInterface) {
                    found[0] = found[1];
                  }
                };
              }
            },
            0);
    return found[0];
  }

  @Test
  void N16_asksBehindTheBodyOfTheMethod() {
    byte[] context = type(CONTEXT, "user", "()Lio/vertx/ext/auth/User;");

    // Behind what the method has put there.
    assertTrue(gate(woven(CONTEXT, context)) > 1);
  }

  @Test
  void knowsTheNextVersionByAnotherMethod() {
    byte[] five = type(CONTEXT, "userContext", "()Lio/vertx/ext/web/UserContext;");

    // Woven, with nothing in it.
    assertNotNull(woven(CONTEXT, five));
    assertEquals(-1, gate(woven(CONTEXT, five)));
  }

  // The server below is held all the same, and nobody is somebody to the application.
  @Test
  void K10_whatHasChangedIsLeftWithoutAUser() {
    assertNull(woven(CONTEXT, type(CONTEXT, "caller", "()Lio/vertx/ext/auth/User;")));
    assertNull(woven(EXCHANGE, type(EXCHANGE, "getPrincipal", "()Lreactor/core/Flow;")));
    assertNull(woven(EXCHANGE, type(EXCHANGE, "getPrincipal", "()Lreactor/core/publisher/Mono;")));
  }
}
