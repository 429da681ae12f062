package dev.countersign.it.agent;

import org.junit.jupiter.api.Nested;

/** Repair on Ktor, where the fields of a response are complete. */
class KtorRepairIT {

  @Nested
  class NettyFloor extends RepairContract {
    NettyFloor() {
      super(KtorIT.ktor("netty", "3.0.0"));
    }
  }

  @Nested
  class Netty extends RepairContract {
    Netty() {
      super(KtorIT.ktor("netty", "3.5.2"));
    }
  }

  @Nested
  class CioFloor extends RepairContract {
    CioFloor() {
      super(KtorIT.ktor("cio", "3.0.1"));
    }
  }

  @Nested
  class Cio extends RepairContract {
    Cio() {
      super(KtorIT.ktor("cio", "3.6.1"));
    }
  }
}
