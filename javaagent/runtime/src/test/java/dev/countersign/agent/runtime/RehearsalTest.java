package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.api.Test;

class RehearsalTest {

  @Test
  void doesEverythingThatIsRehearsed() {
    assertDoesNotThrow(Rehearsal::perform);
  }
}
