package dev.countersign.it.agent;

import dev.countersign.testkit.ServerProcessContract;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Tomcat: one adapter below the servlet API, for javax and jakarta. */
class TomcatIT {

  private abstract static class Contract extends ServerProcessContract {

    private final ServerProgram program;

    Contract(String version, String servlets) {
      this.program =
          new ServerProgram(
              "tomcat/TomcatServer",
              List.of("org.apache.tomcat.embed:tomcat-embed-core:" + version),
              servlets);
    }

    @Override
    protected Process start(Map<String, String> settings) throws IOException {
      return GuardedJvm.start(program, settings);
    }
  }

  @Nested
  class Tomcat9 extends Contract {
    Tomcat9() {
      super("9.0.113", "javax.servlet");
    }
  }

  @Nested
  class Tomcat10 extends Contract {
    Tomcat10() {
      super("10.1.62", "jakarta.servlet");
    }
  }

  @Nested
  class Tomcat11 extends Contract {
    Tomcat11() {
      super("11.0.27", "jakarta.servlet");
    }
  }
}
