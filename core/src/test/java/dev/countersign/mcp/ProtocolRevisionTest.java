package dev.countersign.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolRevisionTest {

  @Test
  void H23_takesARequestWithoutTheFieldForTheFirstRevision() {
    assertEquals(Optional.of(ProtocolRevision.OF_BATCHES), ProtocolRevision.of(List.of()));
  }

  @Test
  void MC13_trimsTheValue() {
    assertEquals(
        Optional.of(new ProtocolRevision("2025-11-25")),
        ProtocolRevision.of(List.of(" 2025-11-25\t")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2025",
        "2025-11-25, 2026-07-28",
        "draft",
        "2026-07-28x",
        "2026-07-2",
        "2026-0a-28",
        "2026/07/28",
        "202\u0666-07-28"
      })
  void knowsNoRevisionThatIsNoDate(String value) {
    assertEquals(Optional.empty(), ProtocolRevision.of(List.of(value)));
  }

  @Test
  void MC10_knowsNoRevisionOfTwoLines() {
    assertEquals(Optional.empty(), ProtocolRevision.of(List.of("2025-11-25", "2025-11-25")));
  }

  @Test
  void isStatelessFromTheRevisionOfJuly2026On() {
    assertFalse(new ProtocolRevision("2025-11-25").isStateless());
    assertTrue(new ProtocolRevision("2026-07-28").isStateless());
    assertTrue(new ProtocolRevision("2027-01-01").isStateless());
  }
}
