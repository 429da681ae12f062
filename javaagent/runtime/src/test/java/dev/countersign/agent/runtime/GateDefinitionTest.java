package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.Test;

class GateDefinitionTest {

  @Test
  void isTheGateUnderAnotherName() throws IOException {
    ClassReader defined = new ClassReader(GateDefinition.bytes());

    assertEquals(GateDefinition.NAME, defined.getClassName());
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
}
