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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of HTTP/2 in older versions of Tomcat. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TomcatStreamIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String LONG = "x".repeat(9_000);

  // The oldest one has another way to that, and cannot show an application the body of a request
  // that asks for an upgrade.
  @ParameterizedTest
  @ValueSource(strings = {"stream", "later stream"})
  void H21_MC24_aStreamEndsWithItsToken(String wish) throws Exception {
    try (FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
        RemoteProbe server = start("9.0.50", authorizationServer)) {
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

  // These use a response for one stream after the other, also when a client has gone from it.
  @ParameterizedTest
  @ValueSource(strings = {"9.0.113", "10.1.48", "11.0.2"})
  void U12_MC27_whatIsLeftOfAStreamDoesNotReachTheNextOne(String version) throws Exception {
    try (FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
        RemoteProbe server = start(version, authorizationServer);
        Http2Wire gone = new Http2Wire(server.uri())) {
      Tokens tokens = authorizationServer.tokens(RESOURCE);
      RawHttp.await(server.uri(), RawRequest.of("GET", "/mcp").bearer(tokens.valid()), 200);
      gone.beginWithoutRoom();
      // More than any buffer holds, so that it is written and waits.
      gone.request(stream(tokens, ProbeApplication.BODY.toLowerCase(Locale.ROOT), LONG));
      gone.receiveHead();
      gone.reset();

      // All at once, so that one of them gets the response.
      List<Http2Wire> others = new ArrayList<>();
      try {
        for (int i = 0; i < 5; i++) {
          Http2Wire other = new Http2Wire(server.uri());
          others.add(other);
          other.begin();
          other.request(stream(tokens));
          assertEquals("data: one\n\n", other.receivePart());
        }
      } finally {
        for (Http2Wire other : others) {
          other.close();
        }
      }
    }
  }

  private static String[] stream(Tokens tokens, String... more) {
    String[] fields = {
      "authorization",
      "Bearer " + tokens.valid(),
      ProbeApplication.PROBE.toLowerCase(Locale.ROOT),
      "stream"
    };
    String[] all = Arrays.copyOf(fields, fields.length + more.length);
    System.arraycopy(more, 0, all, fields.length, more.length);
    return Http2Wire.get(all);
  }

  private static RemoteProbe start(String version, FakeAuthorizationServer authorizationServer)
      throws Exception {
    Map<String, String> settings =
        GuardedJvm.settings(
            RESOURCE,
            authorizationServer,
            "clock-skew",
            "PT0S",
            "filter-lists",
            "true",
            "scopes.tool.delete_file",
            "files:write");
    String servlets = version.startsWith("9") ? "javax.servlet" : "jakarta.servlet";
    return RemoteProbe.of(
        GuardedJvm.start(TomcatIT.tomcat(version, servlets), settings, "-Dhttp2=true"));
  }
}
