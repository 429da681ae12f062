package dev.countersign.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.Admission;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RecordingExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An MCP server that keeps every rule, but for what is planted in it. */
final class ReferenceServer implements AutoCloseable {

  /** The field in which the fault sees the connection of a request. */
  static final String CONNECTION = "X-Connection";

  /** A fault: it may change the request, the answer, or ask nobody. */
  @FunctionalInterface
  interface Fault {
    Message answer(Message request, ReferenceServer server) throws IOException;
  }

  private final FakeAuthorizationServer issuer;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ResourceServer engine;
  private final Map<String, String> sessions = new ConcurrentHashMap<>();

  ReferenceServer(FakeAuthorizationServer issuer, Map<String, String> settings, Fault fault)
      throws IOException {
    this.issuer = issuer;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
    server.setExecutor(threads);
    Map<String, String> all = new ConcurrentHashMap<>(settings);
    all.put("resource", url().toString());
    all.put("authorization-servers", issuer.issuer());
    all.put("allow-http-on-loopback", "true");
    all.put("self-check", "false");
    // The application keeps its own.
    all.put("session-binding", "false");
    engine =
        ResourceServer.create(
            ResourceServerConfig.builder(List.of(SettingSource.of("test", all))).build());
    server.createContext("/", exchange -> write(exchange, fault.answer(read(exchange), this)));
    server.start();
  }

  URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/mcp");
  }

  FakeAuthorizationServer issuer() {
    return issuer;
  }

  /** The answer to the request as if it had a good token. */
  Message admit(Message request) throws IOException {
    String token = issuer.tokens(url().toString()).valid();
    return good(request.without("DPoP").set("Authorization", "Bearer " + token));
  }

  private static Message read(HttpExchange exchange) throws IOException {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(value -> fields.add(Map.entry(name, value))));
    Message request =
        new Message(
            exchange.getRequestMethod(), exchange.getRequestURI().toString(), 0, fields, "");
    request = request.with(CONNECTION, exchange.getRemoteAddress().toString());
    // A body that is promised and does not come (RFC 9110 section 10.1.1), and trailers, which
    // this server cannot read.
    return request.has("Expect") || request.has("Transfer-Encoding")
        ? request
        : request.body(
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static void write(HttpExchange exchange, Message answer) throws IOException {
    answer
        .fields()
        .forEach(field -> exchange.getResponseHeaders().add(field.getKey(), field.getValue()));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
    exchange.close();
  }

  /** What a server without fault answers. */
  Message good(Message request) throws IOException {
    RecordingExchange exchange = RecordingExchange.of(request.method(), request.target());
    request.fields().forEach(field -> exchange.header(field.getKey(), field.getValue()));
    exchange.body(request.body());
    engine.admit(exchange);
    return exchange
        .admission()
        .map(admission -> application(request, admission))
        .orElseGet(() -> message(exchange.response().orElseThrow()));
  }

  private static Message message(Response response) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    response.fields().stream()
        .filter(field -> !field.name().equalsIgnoreCase("Content-Length"))
        .forEach(field -> fields.add(Map.entry(field.name(), field.value())));
    return new Message("", "", response.status(), fields, response.body());
  }

  /** Has sessions that are their users', and a cookie that nobody needs. */
  private Message application(Message request, Admission admission) {
    String user = admission.accessToken().map(AccessToken::subject).orElse("");
    Message answer = Message.answer(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    if (!request.method().equals("POST")) {
      answer = answer.status(405);
    } else if (request.has("Mcp-Session-Id")
        && !user.equals(sessions.get(request.value("Mcp-Session-Id")))) {
      answer = answer.status(404).body("{}");
    } else if (request.body().contains("\"initialize\"")) {
      String session = UUID.randomUUID().toString();
      sessions.put(session, user);
      answer = answer.with("Mcp-Session-Id", session).with("Set-Cookie", "seen=1; HttpOnly");
    }
    for (var field : admission.fields()) {
      answer = answer.with(field.name(), field.value());
    }
    return answer;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    engine.close();
  }
}
