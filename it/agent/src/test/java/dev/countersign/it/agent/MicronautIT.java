package dev.countersign.it.agent;

import dev.countersign.testkit.Capability;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** Micronaut on its own server: the handler of a connection is wrapped. */
class MicronautIT {

  static ServerProgram micronaut(String version) {
    return new ServerProgram(
        "micronaut/micronaut.MicronautServer",
        List.of(
            "io.micronaut:micronaut-http-server-netty:" + version,
            "io.micronaut:micronaut-inject-java:" + version,
            "io.micronaut:micronaut-jackson-databind:" + version),
        "");
  }

  private abstract static class Contract extends AgentContract {

    Contract(String version) {
      super(micronaut(version));
    }

    // What the engine reads is what the application reads: decoded.
    @Override
    protected Set<Capability> capabilities() {
      return EnumSet.complementOf(EnumSet.of(Capability.CONTENT_CODINGS));
    }
  }

  @Nested
  class Floor extends Contract {
    Floor() {
      super("4.10.15");
    }
  }

  @Nested
  class Micronaut4 extends Contract {
    Micronaut4() {
      super("4.10.36");
    }
  }
}
