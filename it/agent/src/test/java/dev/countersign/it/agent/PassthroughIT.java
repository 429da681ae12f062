package dev.countersign.it.agent;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The clients that are looked at, all in one program, in an old and in the newest version. */
class PassthroughIT {

  static ServerProgram clients(String... libraries) {
    return new ServerProgram("passthrough/Forwarder", List.of(libraries), "");
  }

  @Nested
  class Floor extends PassthroughContract {
    Floor() {
      super(
          clients(
              "org.apache.httpcomponents:httpclient:4.3.6",
              "org.apache.httpcomponents:httpasyncclient:4.0.2",
              "org.apache.httpcomponents.client5:httpclient5:5.0",
              "com.squareup.okhttp3:okhttp:3.14.9",
              "io.projectreactor.netty:reactor-netty-http:1.0.0"));
    }
  }

  @Nested
  class Newest extends PassthroughContract {
    Newest() {
      super(
          clients(
              "org.apache.httpcomponents:httpclient:4.5.14",
              "org.apache.httpcomponents:httpasyncclient:4.1.5",
              "org.apache.httpcomponents.client5:httpclient5:5.6.5",
              "com.squareup.okhttp3:okhttp-jvm:5.5.1",
              "io.projectreactor.netty:reactor-netty-http:1.3.7"));
    }

    @Test
    void Z02_blocksBesideOpenTelemetry() throws Exception {
      blocksBesideAnotherAgent();
    }
  }
}
