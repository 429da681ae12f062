package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ResourceServerConfig;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** HTTP clients are woven only for those who ask for it, and need not be there as they were. */
class ClientWeavingTest {

  private static final String OKHTTP = "okhttp3/internal/http/CallServerInterceptor";

  // One without the method that is looked for.
  private static byte @Nullable [] woven(boolean clients, boolean clientsMatter) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, OKHTTP, null, "java/lang/Object", null);
    writer.visitEnd();
    ResourceServerConfig config =
        ResourceServerConfig.builder("https://mcp.example.com/mcp")
            .authorizationServer("https://id.example.com")
            .build();
    return new ServerTransformer(
            new HookPoints(clients),
            new Ports(config, port -> {}),
            FailureHandling.DENY::handle,
            clientsMatter)
        .transform(null, null, OKHTTP, null, null, writer.toByteArray());
  }

  @Test
  void noClientIsInTheTableUnlessAskedFor() {
    HookPoints without = new HookPoints(false);
    HookPoints with = new HookPoints(true);
    for (HookPoint point : HookPoint.values()) {
      assertTrue(with.in(point.internalName()).contains(point), point::name);
      assertEquals(
          !point.isClient(), without.in(point.internalName()).contains(point), point::name);
    }
    assertEquals(9, Arrays.stream(HookPoint.values()).filter(HookPoint::isClient).count());
    assertFalse(HookPoint.NIO_BIND.isClient());
    assertEquals(UrlConnectionCalls.class.getName(), HookPoint.JDK_URL_CONNECTION.adapter());
  }

  @Test
  void aClientThatHasChangedIsLeftAloneWhereNothingIsBlocked() {
    assertNull(woven(true, false));
    assertNull(woven(false, true));
  }

  @Test
  void Z02_K10_aClientThatHasChangedDoesNotLoadWhereItMustBeWatched() {
    byte[] bytes = woven(true, true);

    assertEquals(List.of((byte) 0), List.of(bytes == null ? (byte) 1 : bytes[0]));
  }
}
