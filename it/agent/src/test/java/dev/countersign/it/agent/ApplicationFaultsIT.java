package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an application throws reaches its server as without the agent: at once, after a token was
 * judged, and after a body was read.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ApplicationFaultsIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"read\"}}";

  static Stream<ServerProgram> servers() {
    return Stream.of(
        VertxIT.vertx("4.4.0"),
        VertxIT.vertx("4.5.36"),
        VertxIT.vertx("5.2.3"),
        ReactorNettyIT.reactorNetty("1.3.7"),
        MicronautIT.micronaut("4.10.36"),
        KtorIT.ktor("netty", "3.5.2"),
        UndertowIT.handler("2.4.4.Final"),
        Jetty12IT.core(Jetty12IT.NEWEST));
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Helidon needs JDK 21 or newer")
  void whatTheApplicationThrowsIsHandledByHelidon() throws Exception {
    whatTheApplicationThrowsIsHandledByTheServer(HelidonIT.helidon("4.5.0"));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void whatTheApplicationThrowsIsHandledByTheServer(ServerProgram program) throws Exception {
    try (FakeAuthorizationServer issuer = FakeAuthorizationServer.start()) {
      Map<String, String> settings =
          GuardedJvm.settings(
              RESOURCE, issuer, "public-paths", "/open", "scopes.tool.read", "files:read");
      String token = issuer.tokens(RESOURCE).mint().scope("files:read").text();
      List<String> plain;
      try (RemoteProbe server = RemoteProbe.of(plain(program))) {
        plain = outcomes(server, token);
      }
      try (RemoteProbe server = RemoteProbe.of(GuardedJvm.start(program, settings))) {
        RawHttp.await(server.uri(), RawRequest.of("GET", "/mcp").bearer(token), 200);

        assertEquals(plain, outcomes(server, token));
      }
    }
  }

  private static Process plain(ServerProgram program) throws IOException {
    return GuardedJvm.start(
        program, GuardedJvm.log(program.mainClass()), new String[0], new String[0]);
  }

  private static List<String> outcomes(RemoteProbe server, String token) throws IOException {
    List<String> outcomes = new ArrayList<>();
    for (RawRequest request :
        List.of(
            RawRequest.of("GET", "/open"),
            RawRequest.of("GET", "/mcp").bearer(token),
            RawRequest.of("POST", "/mcp").bearer(token).json(CALL))) {
      outcomes.add(outcome(server, request.with(ProbeApplication.PROBE, "throw")));
    }
    // And the server goes on.
    RawRequest good = RawRequest.of("POST", "/mcp").bearer(token).json(CALL);
    outcomes.add(outcome(server, good));
    return outcomes;
  }

  private static String outcome(RemoteProbe server, RawRequest request) throws IOException {
    try {
      return Integer.toString(RawHttp.exchange(server.uri(), request).status());
    } catch (EOFException | SocketException e) {
      return "ended";
    }
  }
}
