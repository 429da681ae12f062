package dev.countersign.it.agent;

import dev.countersign.testkit.Capability;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Helidon 4, which needs JDK 21: on an older one all of this is skipped. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Helidon 4 needs JDK 21 or newer")
class HelidonIT {

  static ServerProgram helidon(String version) {
    return new ServerProgram(
        "helidon/HelidonServer", List.of("io.helidon.webserver:helidon-webserver:" + version), "");
  }

  /** It finds what speaks HTTP/2 on its class path. */
  static ServerProgram helidonHttp2(String version) {
    return new ServerProgram(
        "helidon/HelidonServer",
        List.of(
            "io.helidon.webserver:helidon-webserver:" + version,
            "io.helidon.webserver:helidon-webserver-http2:" + version),
        "");
  }

  /** It may serve gRPC beside HTTP. */
  static ServerProgram helidonGrpc(String version) {
    return new ServerProgram(
        "helidon/HelidonServer",
        List.of(
            "io.helidon.webserver:helidon-webserver:" + version,
            "io.helidon.webserver:helidon-webserver-grpc:" + version),
        "");
  }

  private abstract static class Contract extends AgentContract {

    Contract(String version) {
      super(helidon(version));
    }

    // Helidon answers on the thread of the request, or not at all, and speaks no HTTP/1.0.
    @Override
    protected Set<Capability> capabilities() {
      return allBut(Capability.LATER, Capability.HTTP_1_0);
    }
  }

  @Nested
  class Helidon40 extends Contract {
    Helidon40() {
      super("4.0.0");
    }
  }

  @Nested
  class Helidon45 extends Contract {
    Helidon45() {
      super("4.5.0");
    }

    // From 4.3 on.
    @Override
    protected Set<Capability> capabilities() {
      return FilteringContract.without(Capability.LATER, Capability.HTTP_1_0);
    }
  }
}
