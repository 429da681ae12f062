package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that were read for a decision do not stay with connections that are idle. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HeldBodiesIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String LONG = "x".repeat(1_000_000);

  // Together more than the heap, each way.
  private static final String HEAP = "-Xmx48m";
  private static final int CONNECTIONS = 56;

  static Stream<ServerProgram> servers() {
    return Stream.of(
        TomcatIT.tomcat("9.0.50", "javax.servlet"), TomcatIT.tomcat("10.1.62", "jakarta.servlet"));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void F4_BP31_holdsNoBodyOfAnExchangeThatIsOver(ServerProgram program) throws Exception {
    try (FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start()) {
      Map<String, String> settings =
          GuardedJvm.settings(
              RESOURCE, authorizationServer, "scopes.tool.delete_file", "files:write");
      String token = authorizationServer.tokens(RESOURCE).valid();
      try (RemoteProbe server = RemoteProbe.of(GuardedJvm.start(program, settings, HEAP))) {
        RawHttp.await(server.uri(), RawRequest.of("GET", "/mcp").bearer(token), 200);

        answersAll(server, call(token, "tools/call"), 403);
        answersAll(server, call(token, "ping"), 200);
      }
    }
  }

  // All begin before the first one ends, so that the server has something of its own for each.
  private static void answersAll(RemoteProbe server, byte[] request, int status) throws Exception {
    byte[] begin = Arrays.copyOf(request, request.length - LONG.length());
    byte[] rest = Arrays.copyOfRange(request, begin.length, request.length);
    List<RawHttp> connections = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        RawHttp connection = RawHttp.connect(server.uri());
        connections.add(connection);
        connection.send(begin);
      }
      for (RawHttp connection : connections) {
        connection.send(rest);
        assertEquals(status, connection.receive().status());
        // What the application keeps.
        server.clear();
      }
    } finally {
      for (RawHttp connection : connections) {
        connection.close();
      }
    }
  }

  // Of a tool that needs another scope, if it is a call of a tool.
  private static byte[] call(String token, String method) {
    return RawRequest.of("POST", "/mcp")
        .bearer(token)
        .json(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
                + method
                + "\",\"params\":{\"name\":\"delete_file\",\"arguments\":{\"text\":\""
                + LONG
                + "\"}}}")
        .bytes();
  }
}
