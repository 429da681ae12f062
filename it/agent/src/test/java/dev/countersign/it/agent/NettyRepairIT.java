package dev.countersign.it.agent;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Repair on servers over Netty, where the head of a response is written. */
class NettyRepairIT {

  @Nested
  class ReactorNettyFloor extends RepairContract {
    ReactorNettyFloor() {
      super(ReactorNettyIT.reactorNetty("1.0.0"));
    }
  }

  @Nested
  class ReactorNetty13 extends RepairContract {
    ReactorNetty13() {
      super(ReactorNettyIT.reactorNetty("1.3.7"));
    }
  }

  @Nested
  class Micronaut extends RepairContract {
    Micronaut() {
      super(MicronautIT.micronaut("4.10.36"));
    }
  }

  @Nested
  @EnabledForJreRange(min = JRE.JAVA_25, disabledReason = "Micronaut 5 needs JDK 25 or newer")
  class Micronaut5 extends RepairContract {
    Micronaut5() {
      super(MicronautIT.micronaut5());
    }
  }
}
