package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PreparationTest {

  private static final HookPoints TABLE = new HookPoints(false);

  @Test
  void makesWhatTheAgentNeeds() throws IOException {
    Preparation preparation = Preparation.start();

    assertArrayEquals(GateDefinition.bytes(), preparation.gate());
    for (HookPoint point : HookPoint.values()) {
      assertEquals(TABLE.in(point.internalName()), preparation.servers().in(point.internalName()));
    }
  }
}
