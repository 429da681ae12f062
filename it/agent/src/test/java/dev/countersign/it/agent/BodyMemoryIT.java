package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import dev.countersign.testkit.Tokens;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies that are read for a decision take no more memory than they may, neither while they arrive
 * nor afterwards.
 */
@ParameterizedClass
@MethodSource("servers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BodyMemoryIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final int MEMORY = 1_100_000;
  private static final int LARGE = 990_000;
  private static final int IDLE_CONNECTIONS = 32;
  // Parts of a body behind its refusal, more than the buffers of two sockets.
  private static final int MORE = 30;
  private static final String JCMD =
      Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();

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

  @Parameter Launch launch;

  private FakeAuthorizationServer authorizationServer;
  private Process process;
  private RemoteProbe server;
  private RawRequest request;
  private RawRequest ping;

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

  @BeforeParameterizedClassInvocation(injectArguments = false)
  void start() throws Exception {
    authorizationServer = FakeAuthorizationServer.start();
    Tokens tokens = authorizationServer.tokens(RESOURCE);
    process =
        launch.start(
            GuardedJvm.settings(
                RESOURCE,
                authorizationServer,
                "scopes.tool.delete_file",
                "files:write",
                "max-body-size",
                "1000000",
                "body-memory",
                Integer.toString(MEMORY)));
    server = RemoteProbe.of(process);
    request = RawRequest.of("POST", "/mcp").bearer(tokens.valid());
    ping = request.json("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
    assertEquals(200, RawHttp.await(server.uri(), ping, 200).status());
  }

  @AfterParameterizedClassInvocation(injectArguments = false)
  void stop() throws Exception {
    server.close();
    authorizationServer.close();
  }

  // Half of each body is sent, so that what is refused is refused before its end.
  @Test
  void F4_BP31_refusesABodyWhileItArrives() throws Exception {
    RawRequest half =
        request
            .with("Content-Type", "application/json")
            .with("Content-Length", "1000000")
            .content("{".repeat(900_000).getBytes(StandardCharsets.US_ASCII));
    try (RawHttp first = RawHttp.connect(server.uri());
        RawHttp second = RawHttp.connect(server.uri())) {
      first.send(half.bytes());
      second.send(half.bytes());

      assertEquals(503, oneOf(first, second));
    }
    RawHttp.await(server.uri(), ping, 200);
  }

  private static int oneOf(RawHttp first, RawHttp second) throws Exception {
    try {
      return second.receiveHead().status();
    } catch (SocketTimeoutException e) {
      return first.receiveHead().status();
    }
  }

  // Every second call is admitted; the others need a scope that the token does not have.
  @Test
  void F4_BP31_holdsNoBodyOnAConnectionThatIsIdle() throws Exception {
    long before = bytesInArrays();
    List<RawHttp> idle = new ArrayList<>();
    try {
      for (int i = 0; i < IDLE_CONNECTIONS; i++) {
        RawHttp connection = RawHttp.connect(server.uri());
        idle.add(connection);
        boolean admitted = i % 2 == 0;
        RawRequest call = request.json(call(admitted ? "ping" : "tools/call"));
        assertEquals(admitted ? 200 : 403, connection.exchange(call).status());
        server.clear();
      }

      long held = bytesInArrays() - before;
      assertTrue(held < IDLE_CONNECTIONS / 4 * LARGE, () -> "held: " + held);
    } finally {
      for (RawHttp connection : idle) {
        connection.close();
      }
    }
  }

  // The server reads on, or closes the connection.
  @Test
  void F4_BP31_holdsNothingOfWhatComesBehindARefusal() throws Exception {
    RawRequest chunked =
        request
            .with("Content-Type", "application/json")
            .with("Transfer-Encoding", "chunked")
            .content(chunk(LARGE + 20_000));
    long before = bytesInArrays();
    try (RawHttp connection = RawHttp.connect(server.uri())) {
      connection.send(chunked.bytes());
      assertEquals(413, connection.receiveHead().status());
      CompletableFuture.runAsync(() -> sendMore(connection)).get(10, TimeUnit.SECONDS);

      long held = bytesInArrays() - before;
      assertTrue(held < MORE * LARGE / 4, () -> "held: " + held);
    }
  }

  private static void sendMore(RawHttp connection) {
    try {
      for (int i = 0; i < MORE; i++) {
        connection.send(chunk(LARGE));
      }
    } catch (IOException e) {
      // Closed by the server.
    }
  }

  private static byte[] chunk(int length) {
    String text = Integer.toHexString(length) + "\r\n" + " ".repeat(length) + "\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String call(String method) {
    return """
    {"jsonrpc":"2.0","id":1,"method":"%s",\
    "params":{"name":"delete_file","arguments":{"path":"%s"}}}\
    """
        .formatted(method, "/".repeat(LARGE));
  }

  // After a collection of all garbage; a row is "1: instances bytes class".
  private long bytesInArrays() throws IOException {
    Process histogram =
        new ProcessBuilder(JCMD, Long.toString(process.pid()), "GC.class_histogram").start();
    try (var lines = histogram.inputReader()) {
      return lines
          .lines()
          .map(line -> line.trim().split(" +"))
          .filter(row -> row.length >= 4 && row[3].equals("[B"))
          .mapToLong(row -> Long.parseLong(row[2]))
          .findFirst()
          .orElseThrow();
    }
  }
}
