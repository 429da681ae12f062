package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A connection goes on after a refusal. From 1.2 on Reactor Netty keeps a request in a queue while
 * the one before it is not quite done, and stops reading for good if a request from that queue is
 * answered before its end was taken from there as well.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReactorNettyKeepAliveIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final RawRequest EMPTY = RawRequest.of("GET", "/mcp");
  private static final RawRequest FULL = RawRequest.of("POST", "/mcp").json("{}");
  private static final RawRequest CHUNKED = RawRequest.of("POST", "/mcp").chunked("{}");

  // In turn: without a body, with one, with one that has two parts on the wire.
  private static RawRequest request(int round) {
    return round % 3 == 0 ? EMPTY : round % 3 == 1 ? FULL : CHUNKED;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.22", "1.2.18", "1.3.7"})
  void HT10_answersAfterARefusalOnTheSameConnection(String version) throws Exception {
    try (FakeAuthorizationServer issuer = FakeAuthorizationServer.start();
        RemoteProbe server = started(version, issuer)) {
      String token = issuer.tokens(RESOURCE).valid();
      assertEquals(200, RawHttp.await(server.uri(), EMPTY.bearer(token), 200).status());
      try (RawHttp connection = RawHttp.connect(server.uri())) {
        for (int i = 0; i < 3000; i++) {
          assertEquals(200, connection.exchange(request(i).bearer(token)).status(), "round " + i);
          assertEquals(401, connection.exchange(request(i + i / 3)).status(), "round " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.22", "1.2.18", "1.3.7"})
  void HT9_HT10_answersAfterARefusalThatHadToWait(String version) throws Exception {
    try (FakeAuthorizationServer issuer = FakeAuthorizationServer.start();
        RemoteProbe server = started(version, issuer)) {
      String token = issuer.tokens(RESOURCE).valid();
      assertEquals(200, RawHttp.await(server.uri(), EMPTY.bearer(token), 200).status());
      try (RawHttp connection = RawHttp.connect(server.uri())) {
        for (int i = 0; i < 300; i++) {
          connection.send(request(i).bearer(token).bytes());
          connection.send(request(i + i / 3).bytes());
          assertEquals(200, connection.receive().status(), "round " + i);
          assertEquals(401, connection.receive().status(), "round " + i);
        }
      }
    }
  }

  private static RemoteProbe started(String version, FakeAuthorizationServer issuer)
      throws Exception {
    return RemoteProbe.of(
        GuardedJvm.start(
            ReactorNettyIT.reactorNetty(version), GuardedJvm.settings(RESOURCE, issuer)));
  }
}
