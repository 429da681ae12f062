package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import dev.countersign.testkit.Tokens;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are read for a decision take no more memory than they may, while they arrive. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BodyMemoryIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final int MEMORY = 1_100_000;

  private static final List<ServerProgram> PROGRAMS =
      List.of(
          TomcatIT.tomcat("10.1.62", "jakarta.servlet"),
          UndertowIT.handler("2.4.4.Final"),
          Jetty12IT.core(Jetty12IT.NEWEST),
          Jetty9IT.jetty("9.4.58.v20250814", "javax.servlet"),
          new ServerProgram("jdk/JdkServer", List.of(), ""),
          HelidonIT.helidon("4.5.0"),
          ReactorNettyIT.reactorNetty("1.3.7"),
          MicronautIT.micronaut("4.10.36"),
          KtorIT.ktor("netty", "3.5.2"),
          VertxIT.vertx("5.2.3"));

  // Helidon 4 needs JDK 21.
  private static boolean runs(ServerProgram program) {
    return Runtime.version().feature() >= 21 || !program.name().startsWith("helidon");
  }

  static Stream<Named<Launch>> servers() {
    Stream<Named<Launch>> programs =
        PROGRAMS.stream()
            .filter(BodyMemoryIT::runs)
            .map(one -> Named.of(one.mainClass(), settings -> GuardedJvm.start(one, settings)));
    return Stream.concat(
        programs, Stream.of(Named.of("liberty", settings -> Liberty.start("", "", settings))));
  }

  // Half of each body is sent, so that what is refused is refused before its end.
  @ParameterizedTest
  @MethodSource("servers")
  void F4_BP31_refusesABodyWhileItArrives(Launch launch) throws Exception {
    try (FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start()) {
      Tokens tokens = authorizationServer.tokens(RESOURCE);
      Map<String, String> settings =
          GuardedJvm.settings(
              RESOURCE,
              authorizationServer,
              "scopes.tool.delete_file",
              "files:write",
              "max-body-size",
              "1000000",
              "body-memory",
              Integer.toString(MEMORY));
      try (RemoteProbe server = RemoteProbe.of(launch.start(settings))) {
        RawRequest ping = RawRequest.of("POST", "/mcp").bearer(tokens.valid());
        RawRequest whole = ping.json("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
        assertEquals(200, RawHttp.await(server.uri(), whole, 200).status());
        RawRequest half =
            ping.with("Content-Type", "application/json")
                .with("Content-Length", "1000000")
                .content("{".repeat(900_000).getBytes(StandardCharsets.US_ASCII));
        try (RawHttp first = RawHttp.connect(server.uri());
            RawHttp second = RawHttp.connect(server.uri())) {
          first.send(half.bytes());
          second.send(half.bytes());

          assertEquals(503, oneOf(first, second));
        }
        RawHttp.await(server.uri(), whole, 200);
      }
    }
  }

  private static int oneOf(RawHttp first, RawHttp second) throws Exception {
    try {
      return second.receiveHead().status();
    } catch (SocketTimeoutException e) {
      return first.receiveHead().status();
    }
  }
}
