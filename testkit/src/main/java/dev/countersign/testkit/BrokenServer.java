package dev.countersign.testkit;

import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An MCP server, with its authorization server on the same port, that does everything right but for
 * the flaws that are planted in it. For whoever wants to see that a check finds them. Loopback
 * only. Thread-safe.
 */
public final class BrokenServer implements AutoCloseable {

  static final String MCP = "/api/mcp";
  static final String RESOURCE = "/.well-known/oauth-protected-resource";
  static final String ISSUER = "/issuer";

  private static final String SERVER = "/.well-known/oauth-authorization-server" + ISSUER;
  private static final List<FieldLine> CROSS_ORIGIN =
      List.of(
          new FieldLine("Access-Control-Allow-Origin", "*"),
          new FieldLine("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE, OPTIONS"),
          new FieldLine(
              "Access-Control-Allow-Headers",
              "Authorization, Content-Type, Accept, MCP-Protocol-Version, Mcp-Session-Id"),
          new FieldLine("Access-Control-Expose-Headers", "WWW-Authenticate, Mcp-Session-Id"));

  private final Set<Flaw> flaws;
  private final AtomicInteger asked = new AtomicInteger();
  private final LoopbackServer server;
  private final String token;

  private BrokenServer(Set<Flaw> flaws, String token) throws IOException {
    this.flaws = flaws;
    this.token = token;
    this.server = LoopbackServer.start(0, this::answer);
  }

  /**
   * Starts a server on a free port.
   *
   * @param token the one token that it accepts, which it does not look into
   * @param flaws what it does wrong
   * @return the server, running; to be closed
   * @throws IOException if it cannot listen
   */
  public static BrokenServer start(String token, Flaw... flaws) throws IOException {
    Set<Flaw> set = EnumSet.noneOf(Flaw.class);
    set.addAll(List.of(flaws));
    return new BrokenServer(set, token);
  }

  /**
   * What users type into their client.
   *
   * @return the URL of the MCP server
   */
  public URI url() {
    return URI.create(origin() + MCP);
  }

  /**
   * The issuer of its authorization server.
   *
   * @return a URL on the same port
   */
  public String issuer() {
    return origin() + ISSUER;
  }

  String origin() {
    return "http://127.0.0.1:" + server.port();
  }

  int asked() {
    return asked.get();
  }

  private void answer(ReceivedRequest request, Wire wire) throws IOException {
    asked.incrementAndGet();
    Response response = good(request);
    for (Flaw flaw : flaws) {
      response = flaw.change(this, request, response);
    }
    wire.write(Wire.bytes(complete(request, response)));
  }

  private Response good(ReceivedRequest request) {
    String path = target(request);
    if (request.method().equals("OPTIONS")) {
      return Response.empty(204, CROSS_ORIGIN);
    }
    if (path.equals(MCP) || path.equals(MCP + "/")) {
      return mcp(request);
    }
    if (isMetadata(path)) {
      return document(metadata());
    }
    if (path.equals(SERVER)) {
      return document(serverMetadata());
    }
    return path.equals(ISSUER + "/keys")
        ? document(StrictJson.write(Map.of("keys", List.of(SigningKey.ec("k").jwk()))))
        : json(404, "{\"error\":\"not_found\"}");
  }

  // A request to a proxy has its whole URL for a target (RFC 9112 section 3.2.2).
  static String target(ReceivedRequest request) {
    return request.path().startsWith("http")
        ? URI.create(request.path()).getRawPath()
        : request.path();
  }

  static boolean isMetadata(String path) {
    return Set.of(RESOURCE, RESOURCE + "/", RESOURCE + MCP, RESOURCE + MCP + "/", MCP + RESOURCE)
        .contains(path);
  }

  private Response mcp(ReceivedRequest request) {
    List<String> credentials = request.values("Authorization");
    if (credentials.isEmpty()) {
      return refused("");
    }
    if (!credentials.equals(List.of("Bearer " + token))) {
      return refused("invalid_token");
    }
    return request.values("Mcp-Session-Id").isEmpty()
        ? json(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")
        : json(
            404, "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":404,\"message\":\"none\"}}");
  }

  Response refused(String error) {
    String challenge =
        "Bearer "
            + (error.isEmpty() ? "" : "error=\"" + error + "\", ")
            + "scope=\"mcp:read\", resource_metadata=\""
            + origin()
            + RESOURCE
            + MCP
            + "\"";
    return json(
            401, "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":401,\"message\":\"no\"}}")
        .with(List.of(new FieldLine("WWW-Authenticate", challenge)));
  }

  String metadata() {
    return "{\"resource\":\""
        + url()
        + "\",\"authorization_servers\":[\""
        + issuer()
        + "\"],\"scopes_supported\":[\"mcp:read\"],\"bearer_methods_supported\":[\"header\"]}";
  }

  private String serverMetadata() {
    return "{\"issuer\":\""
        + issuer()
        + "\",\"authorization_endpoint\":\""
        + issuer()
        + "/authorize\",\"token_endpoint\":\""
        + issuer()
        + "/token\",\"registration_endpoint\":\""
        + issuer()
        + "/register\",\"jwks_uri\":\""
        + issuer()
        + "/keys\",\"code_challenge_methods_supported\":[\"S256\"],"
        + "\"scopes_supported\":[\"mcp:read\"]}";
  }

  static Response document(String json) {
    return json(200, json).with(List.of(new FieldLine("Cache-Control", "public, max-age=300")));
  }

  static Response json(int status, String json) {
    return Response.json(status, CROSS_ORIGIN, json);
  }

  private static Response complete(ReceivedRequest request, Response response) {
    return request.method().equals("HEAD") ? response.withoutBody() : response;
  }

  /** Ends the server and its connections. */
  @Override
  public void close() throws IOException {
    server.close();
  }

  /** The response with one field in another form, or without it. */
  static Response field(Response response, String name, String... values) {
    List<FieldLine> fields = new ArrayList<>();
    response.fields().stream()
        .filter(line -> !line.name().equalsIgnoreCase(name))
        .forEach(fields::add);
    for (String value : values) {
      fields.add(new FieldLine(name, value));
    }
    return new Response(response.status(), fields, response.body());
  }

  /** The response with other content of the same or another type. */
  static Response content(Response response, int status, String type, String body) {
    Response changed = field(field(response, "Content-Type", type), "Content-Length");
    int length = body.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    return new Response(
        status, field(changed, "Content-Length", String.valueOf(length)).fields(), body);
  }
}
