package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.junit.jupiter.api.Test;

class GateDefinitionTest {

  private static final String TEMPLATE = "dev/countersign/agent/runtime/Gate";

  @Test
  void isTheGateUnderAnotherName() throws IOException {
    ClassReader defined = new ClassReader(GateDefinition.bytes());

    assertEquals(GateDefinition.NAME, defined.getClassName());
    assertArrayEquals(renamed(), written(defined));
  }

  @Test
  void isNotDefinedWithoutAnAgent() {
    assertFalse(GateDefinition.isDefined());
  }

  @Test
  void hasNothingInItThatTheJdkHasNot() throws IOException {
    ClassReader defined = new ClassReader(GateDefinition.bytes());
    char[] buffer = new char[defined.getMaxStringLength()];
    for (int i = 1; i < defined.getItemCount(); i++) {
      int at = defined.getItem(i);
      if (at > 0 && defined.readByte(at - 1) == 7) {
        String name = defined.readUTF8(at, buffer);
        assertTrue(name.startsWith("java/") || name.startsWith("["), name);
      }
    }
  }

  private static byte[] renamed() throws IOException {
    try (InputStream in = Gate.class.getResourceAsStream("Gate.class")) {
      ClassWriter writer = new ClassWriter(0);
      new ClassReader(in.readAllBytes())
          .accept(
              new ClassRemapper(
                  writer, new SimpleRemapper(Opcodes.ASM9, Map.of(TEMPLATE, GateDefinition.NAME))),
              0);
      return writer.toByteArray();
    }
  }

  // With its constants in the same order as those of the other.
  private static byte[] written(ClassReader reader) {
    ClassWriter writer = new ClassWriter(0);
    reader.accept(writer, 0);
    return writer.toByteArray();
  }
}
