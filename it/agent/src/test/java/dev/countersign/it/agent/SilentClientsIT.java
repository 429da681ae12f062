package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import dev.countersign.testkit.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that send no body take no thread of the agent, and are not waited for without end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SilentClientsIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  // More than the agent has threads.
  private static final int CLIENTS = 20;

  static Stream<ServerProgram> servers() {
    return Stream.of(
        ReactorNettyIT.reactorNetty("1.3.7"),
        MicronautIT.micronaut("4.10.36"),
        KtorIT.ktor("netty", "3.5.2"),
        KtorIT.ktor("cio", "3.6.1"),
        VertxIT.vertx("4.5.36"),
        VertxIT.vertx("5.2.3"),
        UndertowIT.handler("2.4.4.Final"),
        Jetty12IT.core("12.1.14"));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void HT8_RX5_holdUpNobodyElse(ServerProgram program) throws Exception {
    List<RawHttp> silent = new ArrayList<>();
    try (FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start()) {
      Tokens tokens = authorizationServer.tokens(RESOURCE);
      Map<String, String> settings =
          GuardedJvm.settings(
              RESOURCE, authorizationServer, "scopes.tool.delete_file", "files:write");
      try (RemoteProbe server = RemoteProbe.of(GuardedJvm.start(program, settings))) {
        RawRequest post = RawRequest.of("POST", "/mcp").bearer(tokens.valid());
        RawRequest whole = post.json("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
        assertEquals(200, RawHttp.await(server.uri(), whole, 200).status());
        RawRequest headOnly =
            post.with("Content-Type", "application/json").with("Content-Length", "100");
        for (int client = 0; client < CLIENTS; client++) {
          RawHttp connection = RawHttp.connect(server.uri());
          silent.add(connection);
          connection.send(headOnly.bytes());
        }

        assertEquals(200, RawHttp.exchange(server.uri(), whole).status());
        assertEquals(408, silent.get(0).receiveHead().status());
        for (RawHttp connection : silent) {
          connection.close();
        }
      }
    }
  }
}
