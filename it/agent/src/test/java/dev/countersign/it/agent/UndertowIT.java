package dev.countersign.it.agent;

import dev.countersign.testkit.Capability;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** Undertow: one adapter for handlers and servlets, below both. */
class UndertowIT {

  static ServerProgram handler(String version) {
    return new ServerProgram(
        "undertow/UndertowServer", List.of("io.undertow:undertow-core:" + version), "");
  }

  static ServerProgram servlet(String version, String servlets) {
    return new ServerProgram(
        "undertow-servlet/UndertowServletServer",
        List.of("io.undertow:undertow-servlet:" + version),
        servlets);
  }

  private abstract static class Contract extends FilteringContract {

    Contract(ServerProgram program) {
      super(program);
    }

    // This server turns a tab of a field line into a space.
    @Override
    protected Set<Capability> capabilities() {
      return without(Capability.EXACT_FIELDS);
    }
  }

  private abstract static class OldContract extends Contract {

    OldContract(ServerProgram program) {
      super(program);
    }

    // It takes a CR or LF alone for the end of a line.
    @Override
    protected Set<Capability> capabilities() {
      return without(Capability.EXACT_FIELDS, Capability.LINE_BREAKS);
    }
  }

  @Nested
  class Handler22 extends OldContract {
    Handler22() {
      super(handler("2.2.0.Final"));
    }
  }

  @Nested
  class Handler24 extends Contract {
    Handler24() {
      super(handler("2.4.4.Final"));
    }
  }

  @Nested
  class Servlet22Floor extends OldContract {
    Servlet22Floor() {
      super(servlet("2.2.0.Final", "javax.servlet"));
    }
  }

  @Nested
  class Servlet22 extends OldContract {
    Servlet22() {
      super(servlet("2.2.37.Final", "javax.servlet"));
    }
  }

  @Nested
  class Servlet23 extends OldContract {
    Servlet23() {
      super(servlet("2.3.0.Final", "jakarta.servlet"));
    }
  }

  // The newest one with servlets: 2.4 has only the core.
  @Nested
  class Servlet23Newest extends Contract {
    Servlet23Newest() {
      super(servlet("2.3.26.Final", "jakarta.servlet"));
    }
  }
}
