package dev.countersign.it.agent;

import org.junit.jupiter.api.Nested;

/** Repair on Vert.x, at the end of each head, with a handler of the application's there as well. */
class VertxRepairIT {

  @Nested
  class Vertx4 extends RepairContract {
    Vertx4() {
      super(VertxIT.vertx("4.5.36"));
    }
  }

  @Nested
  class Vertx50 extends RepairContract {
    Vertx50() {
      super(VertxIT.vertx("5.0.0"), "-Dheaders=late");
    }
  }

  @Nested
  class Vertx52 extends RepairContract {
    Vertx52() {
      super(VertxIT.vertx("5.2.3"), "-Dheaders=late");
    }
  }
}
