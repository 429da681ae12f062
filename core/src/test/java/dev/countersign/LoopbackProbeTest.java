package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.Mode;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.spi.Finding;
import dev.countersign.spi.Finding.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the probe makes of a server that answers well or badly. */
class LoopbackProbeTest {

  private static final String MCP = "/mcp";
  private static final String METADATA = "/.well-known/oauth-protected-resource/mcp";
  private static final String CHALLENGE =
      "Bearer resource_metadata=\"https://mcp.example" + METADATA + "\"";
  private static final String DOCUMENT = "{\"resource\":\"https://mcp.example/mcp\"}";

  private record Answer(int status, String challenge, String body) {}

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    answers.put(MCP, new Answer(401, CHALLENGE, "{}"));
    answers.put(METADATA, new Answer(200, "", DOCUMENT));
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestHeaders().getFirst("Host")
            + path
            + exchange.getRequestHeaders().containsKey("Authorization"));
    Answer answer = answers.getOrDefault(path, new Answer(404, "", ""));
    if (!answer.challenge().isEmpty()) {
      exchange.getResponseHeaders().set("WWW-Authenticate", answer.challenge());
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static ConfigBuilder builder() {
    return ResourceServerConfig.builder("https://mcp.example/mcp")
        .authorizationServer("https://id.example");
  }

  private LoopbackProbe.Outcome run(ResourceServerConfig config, String contextPath) {
    return new LoopbackProbe(config).run(server.getAddress(), contextPath);
  }

  private void assertFinds(Level level, String id) {
    List<Finding> findings = run(builder().build(), "").findings();
    assertEquals(1, findings.size(), findings::toString);
    assertEquals(id, findings.get(0).id(), findings::toString);
    assertEquals(level, findings.get(0).level(), findings::toString);
  }

  @Test
  void M04_S11_asksForEachResourceByItsPublicNameAndFindsNothing() {
    LoopbackProbe.Outcome outcome = run(builder().build(), "");

    assertEquals(List.of(), outcome.findings());
    assertTrue(outcome.metadata());
    assertEquals(
        List.of("GET mcp.example/mcpfalse", "GET mcp.example" + METADATA + "false"), asked);
  }

  @Test
  void K06_findsAPathThatNothingProtects() {
    for (int status : List.of(200, 405, 406)) {
      answers.put(MCP, new Answer(status, "", "{}"));
      assertFinds(Level.ERROR, "D32");
    }
  }

  @Test
  void S11_findsTheChallengeOfSomebodyElse() {
    answers.put(MCP, new Answer(401, "Basic realm=\"x\"", ""));
    assertFinds(Level.WARNING, "D05");
    answers.put(MCP, new Answer(401, "", ""));
    assertFinds(Level.WARNING, "D05");
  }

  @Test
  void accusesNobodyOfAnAnswerFromBeforeTheApplication() {
    for (int status : List.of(400, 404, 421, 503)) {
      answers.put(MCP, new Answer(status, "", ""));
      assertFinds(Level.WARNING, "D32");
    }
    answers.put(MCP, new Answer(307, "", ""));
    assertFinds(Level.WARNING, "D20");
  }

  @Test
  void M04_M62_findsMetadataThatIsNotThereOrNotPublicOrOfSomethingElse() {
    answers.remove(METADATA);
    assertFinds(Level.ERROR, "D15");
    answers.put(METADATA, new Answer(401, CHALLENGE, ""));
    assertFinds(Level.ERROR, "D17");
    answers.put(METADATA, new Answer(200, "", "<html>"));
    assertFinds(Level.ERROR, "D18");
  }

  @Test
  void M06_leavesBelowAContextPathToTheRootWhatIsTheRoots() {
    answers.clear();
    LoopbackProbe.Outcome outcome = run(builder().build(), "/ctx");

    assertEquals(List.of(), outcome.findings());
    assertEquals(List.of("GET mcp.example" + METADATA + "false"), asked);
    assertEquals(false, outcome.metadata());
  }

  @Test
  void expectsNoRefusalWhereNothingIsRefused() {
    answers.put(MCP, new Answer(200, "", "{}"));

    assertEquals(List.of(), run(builder().mode(Mode.REPORT_ONLY).build(), "").findings());
    assertEquals(List.of(), run(builder().mode(Mode.REPAIR).build(), "").findings());
  }

  @Test
  void givesUpAPortThatDoesNotAnswer() throws IOException {
    InetSocketAddress closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = (InetSocketAddress) socket.getLocalSocketAddress();
    }

    List<Finding> findings = new LoopbackProbe(builder().build()).run(closed, "").findings();

    assertEquals(List.of("D01", "D01"), findings.stream().map(Finding::id).toList());
    assertEquals(Level.WARNING, findings.get(0).level());
  }
}
