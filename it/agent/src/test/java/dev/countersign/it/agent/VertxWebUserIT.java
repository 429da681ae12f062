package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The user of a routing context of vertx-web. */
class VertxWebUserIT {

  private abstract static class RoutingContract extends UserContract {

    RoutingContract(String version) {
      super(
          new ServerProgram(
              "vertx-web/RoutingServer", List.of("io.vertx:vertx-web:" + version), ""),
          2);
    }

    @Test
    final void leavesTheLoginOfTheApplicationAlone() throws IOException {
      try (RawHttp connection = connect()) {
        assertEquals(403, connection.exchange(as("alice", "/own")).status());
        assertEquals(
            "bob null", connection.exchange(as("alice", "/own").with("X-Login", "bob")).text());
      }
    }

    @Test
    final void N15_noSessionKeepsTheUser() throws IOException {
      try (RawHttp connection = connect()) {
        RawResponse first = connection.exchange(as("alice", "/session"));
        assertEquals("alice alice", first.text());
        String session = first.value("Set-Cookie").orElseThrow().split(";")[0];
        assertEquals(
            "bob bob", connection.exchange(as("bob", "/session").with("Cookie", session)).text());
        RawRequest anonymous = RawRequest.of("GET", "/open/session").with("Cookie", session);
        assertEquals("none none", connection.exchange(anonymous).text());
      }
    }
  }

  @Nested
  class VertxWeb44 extends RoutingContract {
    VertxWeb44() {
      super("4.4.0");
    }
  }

  @Nested
  class VertxWeb45 extends RoutingContract {
    VertxWeb45() {
      super("4.5.27");
    }
  }

  @Nested
  class VertxWeb50 extends RoutingContract {
    VertxWeb50() {
      super("5.0.0");
    }
  }

  @Nested
  class VertxWeb52 extends RoutingContract {
    VertxWeb52() {
      super("5.2.0");
    }
  }
}
