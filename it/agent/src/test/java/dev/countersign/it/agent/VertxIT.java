package dev.countersign.it.agent;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** Vert.x: one adapter, for types that have moved twice. */
class VertxIT {

  static ServerProgram vertx(String version) {
    return new ServerProgram("vertx/VertxServer", List.of("io.vertx:vertx-core:" + version), "");
  }

  @Nested
  class Vertx4 extends AgentContract {
    Vertx4() {
      super(vertx("4.5.36"));
    }
  }

  @Nested
  class Vertx50 extends AgentContract {
    Vertx50() {
      super(vertx("5.0.0"));
    }
  }

  @Nested
  class Vertx51 extends AgentContract {
    Vertx51() {
      super(vertx("5.1.10"));
    }
  }

  @Nested
  class Vertx52 extends AgentContract {
    Vertx52() {
      super(vertx("5.2.3"));
    }
  }
}
