package dev.countersign.it.agent;

import org.junit.jupiter.api.Nested;

/** Repair on Jetty 12, where a response leaves its core. */
class Jetty12RepairIT {

  @Nested
  class CoreFloor extends RepairContract {
    CoreFloor() {
      super(Jetty12IT.core(Jetty12IT.FLOOR));
    }
  }

  @Nested
  class CoreNewestSelecting extends RepairContract {
    CoreNewestSelecting() {
      super(Jetty12IT.core(Jetty12IT.NEWEST), "-Dthreads=select");
    }
  }

  @Nested
  class Ee9 extends RepairContract {
    Ee9() {
      super(Jetty12IT.servlets("ee9", Jetty12IT.FLOOR, "jakarta.servlet"), "-Dee=ee9");
    }
  }

  @Nested
  class Ee10 extends RepairContract {
    Ee10() {
      super(Jetty12IT.servlets("ee10", Jetty12IT.FLOOR, "jakarta.servlet"), "-Dee=ee10");
    }
  }

  @Nested
  class Ee11 extends RepairContract {
    Ee11() {
      super(Jetty12IT.servlets("ee11", Jetty12IT.NEWEST, "jakarta.servlet"), "-Dee=ee11");
    }
  }
}
