package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A token that came in does not leave, by whatever client the application sends it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class PassthroughContract {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
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

  private final ServerProgram program;
  private FakeAuthorizationServer authorizationServer;
  private Upstream upstream;
  private Path log = Path.of("");

  PassthroughContract(ServerProgram program) {
    this.program = program;
  }

  @BeforeEach
  void start() throws IOException {
    authorizationServer = FakeAuthorizationServer.start();
    upstream = new Upstream();
    log = GuardedJvm.log("Forwarder");
  }

  @AfterEach
  void stop() {
    upstream.close();
    authorizationServer.close();
  }

  private RemoteProbe launch(Map<String, String> more, String... flags) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("resource", RESOURCE);
    settings.put("authorization-servers", authorizationServer.issuer());
    settings.put("allow-http-on-loopback", "true");
    settings.putAll(more);
    Process process =
        GuardedJvm.start(program, log, new String[] {GuardedJvm.flag(settings)}, flags);
    // The server is that of the JDK, whatever its application sends with.
    Matrix.started("jdk.httpserver:" + Runtime.version().feature());
    return RemoteProbe.of(process);
  }

  private String logged() throws IOException {
    return Files.readString(log);
  }

  /** Calls the server with a token, and has it call the other server. */
  private static String forward(
      RemoteProbe server, String token, String client, Object uri, String... fields)
      throws IOException {
    String body = client + "\n" + uri + "\n" + String.join("\n", fields);
    RawRequest request =
        RawRequest.of("POST", "/mcp")
            .bearer(token)
            .with("Content-Type", "text/plain")
            .body(body.getBytes(StandardCharsets.US_ASCII));
    return RawHttp.await(server.uri(), request, 200).text();
  }

  private String token() {
    return authorizationServer.tokens(RESOURCE).valid();
  }

  private String ownToken() {
    return authorizationServer.tokens("https://upstream.example.com").valid();
  }

  @Test
  void Z02_blocksTheTokenThatCameIn() throws Exception {
    String token = token();
    try (RemoteProbe server = launch(Map.of("token-passthrough", "block"))) {
      for (String client : CLIENTS.keySet()) {
        String outcome =
            forward(server, token, client, upstream.uri("/api"), "Authorization: Bearer " + token);

        assertEquals(REFUSAL, outcome, client);
        assertEquals(List.of(), upstream.heads(), client);
      }
    }
    assertFalse(logged().contains(token), "a token in the log");
  }

  @Test
  void Z02_blocksAnyTokenOfThatTimeWhereverItStands() throws Exception {
    String earlier = token();
    String token = token();
    List<String> places =
        List.of(
            "Authorization: DPoP " + earlier,
            "Proxy-Authorization: Bearer " + earlier,
            "X-Forwarded-Access-Token: " + earlier,
            "X-Api-Key: " + earlier,
            "Cookie: a=b; session=" + earlier + "; c=d");
    try (RemoteProbe server = launch(Map.of("token-passthrough", "block"))) {
      assertEquals("status 200", forward(server, earlier, "OKHTTP", upstream.uri("/"), "A: b"));
      upstream.heads();
      for (String client : CLIENTS.keySet()) {
        for (String place : places) {
          assertEquals(
              REFUSAL, forward(server, token, client, upstream.uri("/"), place), client + place);
        }
        assertEquals(
            REFUSAL,
            forward(server, token, client, upstream.uri("/?a=b&access_token=" + earlier), "A: b"),
            client);
        assertEquals(List.of(), upstream.heads(), client);
      }
    }
  }

  @Test
  void Z02_letsEveryOtherCallPass() throws Exception {
    String token = token();
    String own = ownToken();
    try (RemoteProbe server = launch(Map.of("token-passthrough", "block"))) {
      for (String client : CLIENTS.keySet()) {
        String outcome =
            forward(
                server,
                token,
                client,
                upstream.uri("/api?key=" + own.substring(0, 40)),
                "Authorization: Bearer " + own,
                "X-Trace: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        assertEquals("status 200", outcome, client);
        assertTrue(upstream.heads().toString().contains(own), client);
        assertEquals(
            "status 200", forward(server, token, client, upstream.uri("/"), "Accept: */*"), client);
        upstream.heads();
      }
    }
    assertFalse(logged().contains("the access token of a client"), logged());
  }

  @Test
  void Z02_reportsEachWayOutOnce() throws Exception {
    String token = token();
    try (RemoteProbe server = launch(Map.of("token-passthrough", "report"))) {
      for (int i = 0; i < 2; i++) {
        for (String client : CLIENTS.keySet()) {
          String outcome =
              forward(
                  server, token, client, upstream.uri("/api"), "Authorization: Bearer " + token);

          assertEquals("status 200", outcome, client);
          assertTrue(upstream.heads().toString().contains(token), client);
        }
      }
    }
    for (String name : CLIENTS.values()) {
      String line =
          "sent: the access token of a client in a request of "
              + name
              + " to "
              + upstream.uri("").getAuthority();
      assertEquals(1, logged().split(line, -1).length - 1, line + " in " + logged());
    }
    assertFalse(logged().contains(token), "a token in the log");
  }

  @Test
  void Z02_reportOnlyBlocksNothing() throws Exception {
    String token = token();
    try (RemoteProbe server = launch(Map.of("token-passthrough", "block", "mode", "report-only"))) {
      assertEquals(
          "status 200",
          forward(server, token, "JDK", upstream.uri("/"), "Authorization: Bearer " + token));
    }
    assertTrue(logged().contains("the access token of a client in a request of"), logged());
  }

  @Test
  void theEngineItselfMayAskAboutTheToken() throws Exception {
    String token = authorizationServer.introspection().activeToken(RESOURCE, "mcp:read");
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
    try (RemoteProbe server = launch(opaque)) {
      for (int i = 0; i < 3; i++) {
        assertEquals(
            REFUSAL,
            forward(server, token, "JDK", upstream.uri("/"), "Authorization: Bearer " + token));
      }
    }
    assertTrue(authorizationServer.count(FakeAuthorizationServer.Endpoint.INTROSPECTION) >= 3);
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
    String token = token();
    log = GuardedJvm.log("Forwarder");
    try (RemoteProbe server = launch(settings, "-javaagent:" + observer())) {
      for (String client : CLIENTS.keySet()) {
        String outcome =
            forward(server, token, client, upstream.uri("/api"), "Authorization: Bearer " + token);
        assertEquals("status 200", outcome, client);
      }
    }
    return logged()
        .lines()
        .filter(line -> line.startsWith("woven "))
        .map(line -> line.substring("woven ".length()))
        // What listens is woven always, and the weaver knows the gate's name.
        .filter(name -> !name.contains("httpserver") && !name.contains("Socket"))
        .filter(name -> !name.startsWith("dev/countersign/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  // An agent behind ours, which sees what ours has made of each class.
  private static Path observer() throws IOException {
    Path classes = Files.createTempDirectory(Path.of("target"), "observer");
    Sources.compile(
        List.of(Path.of("src", "test", "programs", "WovenClasses.java")), List.of(), classes);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", "WovenClasses");
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    Path jar = Path.of(classes + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new ZipEntry("WovenClasses.class"));
      Files.copy(classes.resolve("WovenClasses.class"), out);
    }
    return jar;
  }
}
