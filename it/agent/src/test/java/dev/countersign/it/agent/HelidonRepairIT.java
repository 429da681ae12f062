package dev.countersign.it.agent;

import dev.countersign.testkit.Capability;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Repair on Helidon, whose responses tell from 4.3 on that their head leaves. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Helidon 4 needs JDK 21 or newer")
class HelidonRepairIT {

  private abstract static class Contract extends RepairContract {

    Contract(String version) {
      super(HelidonIT.helidon(version));
    }

    @Override
    protected Set<Capability> capabilities() {
      return EnumSet.complementOf(EnumSet.of(Capability.LATER));
    }
  }

  @Nested
  class Helidon43 extends Contract {
    Helidon43() {
      super("4.3.2");
    }
  }

  @Nested
  class Helidon45 extends Contract {
    Helidon45() {
      super("4.5.0");
    }
  }
}
