package dev.countersign.it.agent;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** Vert.x: one adapter, for types that have moved twice. */
class VertxIT {

  static ServerProgram vertx(String version) {
    return new ServerProgram("vertx/VertxServer", List.of("io.vertx:vertx-core:" + version), "");
  }

  // The first version with the type that a request with a body of its own needs.
  @Nested
  class Vertx44 extends FilteringContract {
    Vertx44() {
      super(vertx("4.4.0"));
    }
  }

  @Nested
  class Vertx45 extends FilteringContract {
    Vertx45() {
      super(vertx("4.5.36"));
    }
  }

  @Nested
  class Vertx50 extends FilteringContract {
    Vertx50() {
      super(vertx("5.0.0"));
    }
  }

  @Nested
  class Vertx51 extends FilteringContract {
    Vertx51() {
      super(vertx("5.1.10"));
    }
  }

  @Nested
  class Vertx52 extends FilteringContract {
    Vertx52() {
      super(vertx("5.2.3"));
    }
  }
}
