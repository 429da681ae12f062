package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A token that came in does not leave, by whatever client the application sends it. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
abstract class PassthroughContract {

  private static final String REFUSAL =
      "java.io.IOException: not sent: the request carries the access token of a client, which must"
          + " not be passed on";

  /** The clients of the program, and how they are called in the log. */
  private static final Map<String, String> CLIENTS =
      Map.of(
          "JDK", "java.net.http.HttpClient",
          "JDK_ASYNC", "java.net.http.HttpClient",
          "URL_CONNECTION", "java.net.HttpURLConnection",
          "APACHE4", "Apache HttpClient 4",
          "APACHE4_ASYNC", "Apache HttpClient 4",
          "APACHE5", "Apache HttpClient 5",
          "APACHE5_ASYNC", "Apache HttpClient 5",
          "OKHTTP", "OkHttp",
          "REACTOR_NETTY", "Reactor Netty",
          "REACTOR_NETTY_POST", "Reactor Netty");

  /** The same over HTTP/2. */
  private static final List<String> HTTP2 =
      List.of("APACHE5_HTTP2", "OKHTTP_HTTP2", "REACTOR_NETTY_HTTP2");

  private final ServerProgram program;
  private ForwarderProgram it;

  PassthroughContract(ServerProgram program) {
    this.program = program;
  }

  @BeforeEach
  void start() throws IOException {
    it = new ForwarderProgram(program);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  @Test
  void Z02_blocksTheTokenThatCameIn() throws Exception {
    String token = it.token();
    try (RemoteProbe server = it.launch(Map.of("token-passthrough", "block"))) {
      for (String client : CLIENTS.keySet()) {
        String outcome = it.pass(server, token, client, token);

        assertEquals(REFUSAL, outcome, client);
        assertEquals(List.of(), it.upstream.heads(), client);
      }
    }
    assertFalse(it.logged().contains(token), "a token in the log");
  }

  @Test
  void Z02_blocksAnyTokenOfThatTimeWhereverItStands() throws Exception {
    String earlier = it.token();
    String token = it.token();
    List<String> places =
        List.of(
            "Authorization: DPoP " + earlier,
            "Proxy-Authorization: Bearer " + earlier,
            "X-Forwarded-Access-Token: " + earlier,
            "X-Api-Key: " + earlier,
            "Cookie: a=b; session=" + earlier + "; c=d");
    try (RemoteProbe server = it.launch(Map.of("token-passthrough", "block"))) {
      assertEquals(
          "status 200", it.forward(server, earlier, "OKHTTP", it.upstream.uri("/"), "A: b"));
      it.upstream.heads();
      for (String client : CLIENTS.keySet()) {
        for (String place : places) {
          assertEquals(
              REFUSAL,
              it.forward(server, token, client, it.upstream.uri("/"), place),
              client + place);
        }
        assertEquals(
            REFUSAL,
            it.forward(
                server, token, client, it.upstream.uri("/?a=b&access_token=" + earlier), "A: b"),
            client);
        assertEquals(List.of(), it.upstream.heads(), client);
      }
    }
  }

  @Test
  void Z02_blocksOverTheNewerProtocolToo() throws Exception {
    String token = it.token();
    Process process =
        GuardedJvm.start(
            TomcatIT.tomcat("10.1.62", "jakarta.servlet"),
            GuardedJvm.log("upstream"),
            new String[0],
            new String[] {"-Dhttp2=true"});
    try (RemoteProbe api = RemoteProbe.of(process);
        RemoteProbe server = it.launch(Map.of("token-passthrough", "block"))) {
      for (String client : HTTP2) {
        assertEquals(
            REFUSAL,
            it.forward(server, token, client, api.uri(), "Authorization: Bearer " + token),
            client);
        assertEquals(0, api.invocations(), client);

        assertEquals(
            "status 200",
            it.forward(server, token, client, api.uri(), "Authorization: Bearer " + it.ownToken()),
            client);
        assertEquals(1, api.invocations(), client);
        api.clear();
      }
    }
  }

  /** In both orders, beside one that weaves the same clients. */
  final void blocksBesideAnotherAgent() throws Exception {
    String token = it.token();
    String ours = it.flag(Map.of("token-passthrough", "block"));
    String other = OtherAgentsIT.openTelemetry();
    for (String[] agents : new String[][] {{ours, other}, {other, ours}}) {
      try (RemoteProbe server =
          it.launch(
              agents,
              "-Dotel.traces.exporter=none",
              "-Dotel.metrics.exporter=none",
              "-Dotel.logs.exporter=none")) {
        for (String client : CLIENTS.keySet()) {
          assertEquals(REFUSAL, it.pass(server, token, client, token), client);
          assertEquals("status 200", it.pass(server, token, client, it.ownToken()), client);
        }
      }
    }
  }

  @Test
  void Z02_letsEveryOtherCallPass() throws Exception {
    String token = it.token();
    String own = it.ownToken();
    try (RemoteProbe server = it.launch(Map.of("token-passthrough", "block"))) {
      for (String client : CLIENTS.keySet()) {
        String outcome =
            it.forward(
                server,
                token,
                client,
                it.upstream.uri("/api?key=" + own.substring(0, 40)),
                "Authorization: Bearer " + own,
                "X-Trace: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        assertEquals("status 200", outcome, client);
        assertTrue(it.upstream.heads().toString().contains(own), client);
        assertEquals(
            "status 200",
            it.forward(server, token, client, it.upstream.uri("/"), "Accept: */*"),
            client);
        it.upstream.heads();
      }
    }
    assertFalse(it.logged().contains("the access token of a client"), it.logged());
  }

  @Test
  void Z02_reportsEachWayOutOnce() throws Exception {
    String token = it.token();
    try (RemoteProbe server = it.launch(Map.of("token-passthrough", "report"))) {
      for (int i = 0; i < 2; i++) {
        for (String client : CLIENTS.keySet()) {
          String outcome = it.pass(server, token, client, token);

          assertEquals("status 200", outcome, client);
          assertTrue(it.upstream.heads().toString().contains(token), client);
        }
      }
    }
    for (String name : CLIENTS.values()) {
      String line =
          "sent: the access token of a client in a request of "
              + name
              + " to "
              + it.upstream.uri("").getAuthority();
      assertEquals(1, it.logged().split(line, -1).length - 1, line + " in " + it.logged());
    }
    assertFalse(it.logged().contains(token), "a token in the log");
  }

  @Test
  void Z02_reportOnlyBlocksNothing() throws Exception {
    String token = it.token();
    try (RemoteProbe server =
        it.launch(Map.of("token-passthrough", "block", "mode", "report-only"))) {
      assertEquals("status 200", it.pass(server, token, "JDK", token));
    }
    assertTrue(it.logged().contains("the access token of a client in a request of"), it.logged());
  }

  @Test
  void Z02_blocksWhereTheApplicationJudges() throws Exception {
    String token = "opaque-to-everybody-but-the-application";
    try (RemoteProbe server = it.launch(Map.of("token-passthrough", "block", "mode", "repair"))) {
      assertEquals(REFUSAL, it.pass(server, token, "JDK", token));
      assertEquals("status 200", it.pass(server, token, "JDK", it.ownToken()));
    }
  }

  @Test
  void theEngineItselfMayAskAboutTheToken() throws Exception {
    String token =
        it.authorizationServer.introspection().activeToken(ForwarderProgram.RESOURCE, "mcp:read");
    Map<String, String> opaque =
        Map.of(
            "token-passthrough",
            "block",
            "tokens",
            "opaque",
            "introspection-client-id",
            "server-1",
            "introspection-client-secret",
            "secret-of-this-server",
            "introspection-cache",
            "PT0S");
    try (RemoteProbe server = it.launch(opaque)) {
      for (int i = 0; i < 3; i++) {
        assertEquals(REFUSAL, it.pass(server, token, "JDK", token));
      }
    }
    assertTrue(it.authorizationServer.count(FakeAuthorizationServer.Endpoint.INTROSPECTION) >= 3);
  }

  @Test
  void touchesNoClientUnlessItIsOn() throws Exception {
    assertEquals(Set.of(), wovenClients(Map.of()));
    assertEquals(
        Set.of(
            "jdk/internal/net/http/HttpClientImpl",
            "okhttp3/internal/http/CallServerInterceptor",
            "org/apache/hc/core5/http/impl/io/HttpRequestExecutor",
            "org/apache/hc/core5/http/impl/nio/ClientHttp1StreamHandler",
            "org/apache/hc/core5/http2/impl/nio/ClientH2StreamHandler",
            "org/apache/http/impl/nio/DefaultNHttpClientConnection",
            "org/apache/http/protocol/HttpRequestExecutor",
            "reactor/netty/http/client/HttpClientOperations",
            "sun/net/www/http/HttpClient"),
        wovenClients(Map.of("token-passthrough", "report")));
  }

  private Set<String> wovenClients(Map<String, String> settings) throws Exception {
    try (ForwarderProgram one = new ForwarderProgram(program)) {
      String token = one.token();
      try (RemoteProbe server = one.launch(settings, WovenObserver.flag())) {
        for (String client : CLIENTS.keySet()) {
          assertEquals("status 200", one.pass(server, token, client, token), client);
        }
      }
      return WovenObserver.clients(one.logged());
    }
  }
}
