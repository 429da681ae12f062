package dev.countersign.it.agent;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** The user of Spring WebFlux on Reactor Netty. */
class WebFluxUserIT {

  private static ServerProgram webFlux(String spring, String reactorNetty) {
    return new ServerProgram(
        "webflux/WebFluxServer",
        List.of(
            "org.springframework:spring-webflux:" + spring,
            "org.springframework:spring-context:" + spring,
            "io.projectreactor.netty:reactor-netty-http:" + reactorNetty),
        "");
  }

  @Nested
  class Floor extends UserContract {
    Floor() {
      super(webFlux("6.0.0", "1.1.22"), 3);
    }
  }

  @Nested
  class Spring62 extends UserContract {
    Spring62() {
      super(webFlux("6.2.14", "1.2.18"), 3);
    }
  }

  @Nested
  class Spring7 extends UserContract {
    Spring7() {
      super(webFlux("7.0.10", "1.3.7"), 3);
    }
  }
}
