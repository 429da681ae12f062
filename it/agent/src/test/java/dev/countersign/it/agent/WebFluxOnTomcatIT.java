package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spring WebFlux on servlets, in an application that has left Reactor Netty out. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WebFluxOnTomcatIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private static final ServerProgram PROGRAM =
      new ServerProgram(
          "webflux-tomcat/WebFluxOnTomcat",
          List.of(
              "org.springframework:spring-webflux:6.2.14",
              "org.springframework:spring-context:6.2.14",
              "org.apache.tomcat.embed:tomcat-embed-core:10.1.62"),
          "");

  private static void says(String user, RawResponse response) {
    assertEquals(200, response.status(), response::toString);
    assertEquals(user + " " + user, response.text());
  }

  @Test
  void N16_tellsTheUserWithoutReactorNetty() throws Exception {
    try (FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
        RemoteProbe server =
            RemoteProbe.of(
                GuardedJvm.start(
                    PROGRAM,
                    GuardedJvm.settings(RESOURCE, authorizationServer, "public-paths", "/open")))) {
      RawRequest request = RawRequest.of("GET", "/mcp");
      assertEquals(401, RawHttp.exchange(server.uri(), request).status());
      String token = authorizationServer.tokens(RESOURCE).valid();
      says("alice", RawHttp.exchange(server.uri(), request.bearer(token)));
      says("none", RawHttp.exchange(server.uri(), RawRequest.of("GET", "/open")));
    }
  }
}
