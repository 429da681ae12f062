package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import dev.countersign.testkit.Tokens;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The end of a stream of HTTP/2 on the oldest Tomcat, which has another way to it, and cannot show
 * an application the body of a request that asks for an upgrade.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TomcatStreamIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  @ParameterizedTest
  @ValueSource(strings = {"stream", "later stream"})
  void H21_MC24_aStreamEndsWithItsToken(String wish) throws Exception {
    try (FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
        RemoteProbe server = start(authorizationServer)) {
      Tokens tokens = authorizationServer.tokens(RESOURCE);
      RawHttp.await(server.uri(), RawRequest.of("GET", "/mcp").bearer(tokens.valid()), 200);

      try (Http2Wire wire = new Http2Wire(server.uri())) {
        wire.begin();
        wire.request(
            Http2Wire.get(
                "authorization",
                "Bearer " + tokens.mint().expiresIn(Duration.ofSeconds(3)).text(),
                ProbeApplication.PROBE.toLowerCase(Locale.ROOT),
                wish));

        assertEquals("data: one\n\n", wire.body());
        assertTrue(wire.isReset());
      }
    }
  }

  private static RemoteProbe start(FakeAuthorizationServer authorizationServer) throws Exception {
    Map<String, String> settings =
        GuardedJvm.settings(RESOURCE, authorizationServer, "clock-skew", "PT0S");
    return RemoteProbe.of(
        GuardedJvm.start(TomcatIT.tomcat("9.0.50", "javax.servlet"), settings, "-Dhttp2=true"));
  }
}
