package dev.countersign.it.agent;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** Jetty 12: one adapter in its core, for handlers and all servlet environments. */
class Jetty12IT {

  // The adapter fits 12.0.0 too; that version itself leaves "POST *" without an answer.
  static final String FLOOR = "12.0.3";
  static final String NEWEST = "12.1.14";

  static ServerProgram core(String version) {
    return new ServerProgram(
        "jetty12core/Jetty12Server",
        List.of(
            "org.eclipse.jetty:jetty-server:" + version,
            "org.eclipse.jetty.http2:jetty-http2-server:" + version,
            "org.eclipse.jetty:jetty-alpn-java-server:" + version),
        "");
  }

  static ServerProgram servlets(String name, String version, String servlets) {
    return new ServerProgram(
        "jetty12/Jetty12Servlets",
        List.of("org.eclipse.jetty." + name + ":jetty-" + name + "-servlet:" + version),
        servlets);
  }

  private abstract static class Environment extends FilteringContract {

    Environment(String name, String version, String servlets) {
      super(servlets(name, version, servlets), "-Dee=" + name);
    }
  }

  @Nested
  class CoreFloor extends FilteringContract {
    CoreFloor() {
      super(core(FLOOR));
    }
  }

  @Nested
  class Core120 extends FilteringContract {
    Core120() {
      super(core("12.0.36"));
    }
  }

  @Nested
  class Core121FloorSelecting extends FilteringContract {
    Core121FloorSelecting() {
      super(core("12.1.0"), "-Dthreads=select");
    }
  }

  @Nested
  class CoreNewest extends FilteringContract {
    CoreNewest() {
      super(core(NEWEST));
    }
  }

  @Nested
  class Ee8Floor extends Environment {
    Ee8Floor() {
      super("ee8", FLOOR, "javax.servlet");
    }
  }

  // For ee8 and ee9 the newest that are to be had with all that they need.
  @Nested
  class Ee8 extends Environment {
    Ee8() {
      super("ee8", "12.1.12", "javax.servlet");
    }
  }

  @Nested
  class Ee9Floor extends Environment {
    Ee9Floor() {
      super("ee9", FLOOR, "jakarta.servlet");
    }
  }

  @Nested
  class Ee9 extends Environment {
    Ee9() {
      super("ee9", "12.1.8", "jakarta.servlet");
    }
  }

  @Nested
  class Ee10Floor extends Environment {
    Ee10Floor() {
      super("ee10", FLOOR, "jakarta.servlet");
    }
  }

  @Nested
  class Ee10 extends Environment {
    Ee10() {
      super("ee10", NEWEST, "jakarta.servlet");
    }
  }

  @Nested
  class Ee11 extends Environment {
    Ee11() {
      super("ee11", NEWEST, "jakarta.servlet");
    }
  }
}
