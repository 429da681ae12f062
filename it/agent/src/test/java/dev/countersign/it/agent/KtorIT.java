package dev.countersign.it.agent;

import dev.countersign.testkit.Capability;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** Ktor, before the pipeline of its engine. */
class KtorIT {

  // Where the plugin is not to be had in the version of the engine: the one before.
  private static final Map<String, String> AUTHENTICATION = Map.of("3.6.1", "3.5.2");

  static ServerProgram ktor(String engine, String version) {
    return new ServerProgram(
        "ktor/KtorServer",
        List.of(
            "io.ktor:ktor-server-" + engine + "-jvm:" + version,
            "io.ktor:ktor-server-auth-jvm:" + AUTHENTICATION.getOrDefault(version, version)),
        "");
  }

  @Nested
  class NettyFloor extends FilteringContract {
    NettyFloor() {
      super(ktor("netty", "3.0.0"));
    }
  }

  @Nested
  class Netty extends FilteringContract {
    Netty() {
      super(ktor("netty", "3.5.2"));
    }
  }

  private abstract static class CioContract extends AgentContract {

    CioContract(String version) {
      super(ktor("cio", version));
    }

    // A line of CIO has at most 8192 bytes.
    @Override
    protected Set<Capability> capabilities() {
      return allBut(Capability.LARGE_HEADERS);
    }
  }

  @Nested
  class CioFloor extends CioContract {
    CioFloor() {
      super("3.0.1");
    }

    // No 100 arrives while the agent reads; 3.6.1 sends it.
    @Override
    protected Set<Capability> capabilities() {
      return allBut(Capability.LARGE_HEADERS, Capability.CONTINUE);
    }
  }

  @Nested
  class Cio extends CioContract {
    Cio() {
      super("3.6.1");
    }
  }
}
