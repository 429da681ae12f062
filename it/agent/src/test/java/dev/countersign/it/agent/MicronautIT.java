package dev.countersign.it.agent;

import dev.countersign.testkit.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Micronaut on its own server: the handler of a connection is wrapped. */
class MicronautIT {

  static ServerProgram micronaut(String version) {
    return micronaut(version, List.of());
  }

  /** The newest one, with what it generates code with in the version that can be had. */
  static ServerProgram micronaut5() {
    return micronaut("5.2.22", List.of("io.micronaut.sourcegen:micronaut-sourcegen-bom:pom:2.0.0"));
  }

  private static ServerProgram micronaut(String version, List<String> more) {
    List<String> libraries = new ArrayList<>();
    libraries.add("io.micronaut:micronaut-http-server-netty:" + version);
    libraries.add("io.micronaut:micronaut-inject-java:" + version);
    libraries.add("io.micronaut:micronaut-jackson-databind:" + version);
    libraries.addAll(more);
    return new ServerProgram("micronaut/micronaut.MicronautServer", libraries, "");
  }

  private abstract static class Contract extends FilteringContract {

    Contract(ServerProgram program) {
      super(program);
    }

    // What the engine reads is what the application reads: decoded.
    @Override
    protected Set<Capability> capabilities() {
      return without(Capability.CONTENT_CODINGS);
    }
  }

  @Nested
  class Floor extends Contract {
    Floor() {
      super(micronaut("4.10.15"));
    }
  }

  @Nested
  class Micronaut4 extends Contract {
    Micronaut4() {
      super(micronaut("4.10.36"));
    }
  }

  @Nested
  @EnabledForJreRange(min = JRE.JAVA_25, disabledReason = "Micronaut 5 needs JDK 25 or newer")
  class Micronaut5 extends Contract {
    Micronaut5() {
      super(micronaut5());
    }
  }
}
