package dev.countersign.it.agent;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** Jetty 9.4, 10 and 11: one adapter before their handlers, for javax and jakarta. */
class Jetty9IT {

  static ServerProgram jetty(String version, String servlets) {
    return new ServerProgram(
        "jetty9/Jetty9Server",
        List.of(
            "org.eclipse.jetty:jetty-servlet:" + version,
            "org.eclipse.jetty.http2:http2-server:" + version),
        servlets);
  }

  @Nested
  class Jetty94Floor extends FilteringContract {
    Jetty94Floor() {
      super(jetty("9.4.2.v20170220", "javax.servlet"));
    }
  }

  @Nested
  class Jetty94 extends FilteringContract {
    Jetty94() {
      super(jetty("9.4.58.v20250814", "javax.servlet"));
    }
  }

  // Up to 10.0.8 and 11.0.8 a body is not given back: where a rule needs it, that is refused.
  @Nested
  class Jetty10Floor extends FilteringContract {
    Jetty10Floor() {
      super(jetty("10.0.9", "javax.servlet"));
    }
  }

  @Nested
  class Jetty10 extends FilteringContract {
    Jetty10() {
      super(jetty("10.0.26", "javax.servlet"));
    }
  }

  @Nested
  class Jetty11Floor extends FilteringContract {
    Jetty11Floor() {
      super(jetty("11.0.9", "jakarta.servlet"));
    }
  }

  @Nested
  class Jetty11 extends FilteringContract {
    Jetty11() {
      super(jetty("11.0.26", "jakarta.servlet"));
    }
  }

  @Nested
  class Repair94 extends RepairContract {
    Repair94() {
      super(jetty("9.4.58.v20250814", "javax.servlet"));
    }
  }

  @Nested
  class Repair11 extends RepairContract {
    Repair11() {
      super(jetty("11.0.26", "jakarta.servlet"));
    }
  }
}
