package dev.countersign.it.agent;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** Reactor Netty: the handler is wrapped, and judged without holding the event loop. */
class ReactorNettyIT {

  static ServerProgram reactorNetty(String version) {
    return new ServerProgram(
        "reactor-netty/ReactorNettyServer",
        List.of("io.projectreactor.netty:reactor-netty-http:" + version),
        "");
  }

  @Nested
  class Floor extends FilteringContract {
    Floor() {
      super(reactorNetty("1.0.0"));
    }
  }

  @Nested
  class ReactorNetty11 extends FilteringContract {
    ReactorNetty11() {
      super(reactorNetty("1.1.22"));
    }
  }

  @Nested
  class ReactorNetty12 extends FilteringContract {
    ReactorNetty12() {
      super(reactorNetty("1.2.18"));
    }
  }

  @Nested
  class ReactorNetty13 extends FilteringContract {
    ReactorNetty13() {
      super(reactorNetty("1.3.7"));
    }
  }
}
