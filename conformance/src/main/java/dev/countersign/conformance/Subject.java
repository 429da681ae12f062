package dev.countersign.conformance;

import dev.countersign.http.Challenge;
import dev.countersign.http.Challenges;
import dev.countersign.testkit.DpopClient;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.ReceivedRequest;
import dev.countersign.testkit.TokenBuilder;
import dev.countersign.testkit.TokenFault;
import dev.countersign.testkit.Tokens;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A resource server that is held to the rules. It has been told the issuer and the resource, and
 * what its {@link Features} say. Not thread-safe.
 */
public final class Subject {

  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  // Well within the life of a token.
  private static final Duration LIFE = Duration.ofMinutes(1);

  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"conformance\","
          + "\"version\":\"1\"}}}";

  private final URI url;
  private final FakeAuthorizationServer server;
  private final Tokens tokens;
  private final Features features;
  private final DpopClient client = new DpopClient();
  private final int before;
  private Instant goodSince = Instant.MIN;
  private Instant boundSince = Instant.MIN;
  private String good = "";
  private String bound = "";
  private boolean known;
  private boolean knownBound;
  private Optional<String> session = Optional.empty();
  private boolean sessionTried;

  /**
   * A server.
   *
   * @param url where it is reached
   * @param server the authorization server that it trusts
   * @param resource its identifier, which tokens are for
   * @param features what it has been set up for
   */
  public Subject(URI url, FakeAuthorizationServer server, String resource, Features features) {
    this.url = url;
    this.server = server;
    this.tokens = server.tokens(resource);
    this.features = features;
    this.before = server.requests().size();
  }

  URI url() {
    return url;
  }

  Features features() {
    return features;
  }

  FakeAuthorizationServer server() {
    return server;
  }

  /** What the authorization server has been asked since this server is under test. */
  List<ReceivedRequest> questions() {
    List<ReceivedRequest> all = server.requests();
    return all.subList(before, all.size());
  }

  /** The path of the resource. */
  String path() {
    return url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
  }

  /** The identifier that tokens are for. */
  String resource() {
    return tokens.audience();
  }

  /** An origin whose pages may call. */
  String page() {
    return features().page().orElseThrow();
  }

  /** The origin of the resource, as clients know it. */
  String origin() {
    URI resource = URI.create(resource());
    return resource.getScheme() + "://" + resource.getRawAuthority();
  }

  String issuer() {
    return tokens.issuer();
  }

  /** Where the metadata is, on the server that is reached. */
  String metadataPath() {
    String path = path().equals("/") ? "" : path();
    return WELL_KNOWN + path;
  }

  RawRequest request(String method, String target) {
    String host = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    return RawRequest.of(method, target).without("Host").with("Host", host);
  }

  RawRequest rpc(String json) {
    return request("POST", path()).with("Accept", "application/json, text/event-stream").json(json);
  }

  /** What every client begins with. */
  RawRequest initialize() {
    return rpc(INITIALIZE);
  }

  RawResponse ask(RawRequest request) throws IOException {
    return RawHttp.exchange(url, request);
  }

  RawResponse get(String target) throws IOException {
    return ask(request("GET", target).with("Accept", "application/json"));
  }

  /** A JWT that is good in every way, to be changed. */
  TokenBuilder mint() {
    return mint(features.scope());
  }

  TokenBuilder mint(String scope) {
    return scope.isEmpty() ? tokens.mint() : tokens.mint().scope(scope);
  }

  /** A token of the form that the server takes, with this scope. */
  String token(String scope) {
    return features.tokens().takesJwt()
        ? mint(scope).text()
        : server.introspection().activeToken(resource(), scope);
  }

  /** A token that is good in every way; the same one for some time, as clients have it. */
  String good() {
    if (isOld(goodSince)) {
      good = token(features.scope());
      goodSince = Instant.now();
    }
    return good;
  }

  private static boolean isOld(Instant since) {
    return since.isBefore(Instant.now().minus(LIFE));
  }

  /** An opaque token about which the authorization server says this. */
  String opaque(Map<String, Object> answer) {
    String token = server.introspection().activeToken(resource(), features.scope());
    server.introspection().answer(token, answer);
    return token;
  }

  /** What the authorization server says about a good opaque token, to be changed. */
  Map<String, Object> active() {
    return server.introspection().active(resource(), features.scope());
  }

  String faulty(TokenFault fault) {
    return tokens.faulty(fault);
  }

  /** Whether the server admits a good token, without which many rules cannot be tried. */
  boolean works() throws IOException {
    known = known || ask(initialize().bearer(good())).status() == 200;
    return known;
  }

  DpopClient client() {
    return client;
  }

  /** A token that is bound to the key of the client, to be changed. */
  TokenBuilder boundJwt() {
    return mint().claim("cnf", Map.of("jkt", client.thumbprint()));
  }

  /** A token that is bound to the key of the client, in the form that the server takes. */
  String bound() {
    if (isOld(boundSince)) {
      bound = newBound();
      boundSince = Instant.now();
    }
    return bound;
  }

  private String newBound() {
    if (features.tokens().takesJwt()) {
      return boundJwt().text();
    }
    Map<String, Object> answer = active();
    answer.put("token_type", "DPoP");
    answer.put("cnf", Map.of("jkt", client.thumbprint()));
    return opaque(answer);
  }

  /** A proof for {@code initialize}, to be changed. */
  TokenBuilder proof(String token) {
    return client.proof("POST", resource(), token);
  }

  /** Sends a token with its proof, and takes the nonce that comes back. */
  RawResponse present(RawRequest request, String token, String proof) throws IOException {
    RawResponse response = ask(request.with("Authorization", "DPoP " + token).with("DPoP", proof));
    client.learn(response);
    return response;
  }

  RawResponse present(String token, TokenBuilder proof) throws IOException {
    return present(initialize(), token, proof.text());
  }

  /** Whether the server admits a bound token with its proof; with a nonce if it wants one. */
  boolean worksBound() throws IOException {
    for (int attempt = 0; attempt < 2 && !knownBound; attempt++) {
      String token = bound();
      knownBound = present(token, proof(token)).status() == 200;
    }
    return knownBound;
  }

  /** A call of a tool with this token, in a session if the server has sessions. */
  RawResponse call(String tool, String token) throws IOException {
    return ask(toolCall(tool).bearer(token));
  }

  RawRequest toolCall(String tool) throws IOException {
    return inSession(toolMessage(tool));
  }

  /** The question which tools there are. */
  RawRequest listing() throws IOException {
    return inSession("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}");
  }

  private RawRequest inSession(String message) throws IOException {
    RawRequest request = rpc(message).with("MCP-Protocol-Version", "2025-11-25");
    return session().map(id -> request.with("Mcp-Session-Id", id)).orElse(request);
  }

  static String toolMessage(String tool) {
    return "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\",\"arguments\":{}}}";
  }

  /** The ID of a session of the user of good tokens; empty if the server has no sessions. */
  Optional<String> session() throws IOException {
    if (!sessionTried) {
      sessionTried = true;
      session = beginSession();
    }
    return session;
  }

  Optional<String> beginSession() throws IOException {
    return ask(initialize().bearer(good())).values("Mcp-Session-Id").stream().findFirst();
  }

  static Optional<Challenge> bearer(RawResponse response) {
    return challenge(response, "Bearer");
  }

  static Optional<Challenge> challenge(RawResponse response, String scheme) {
    return Challenges.parseLenient(response.values("WWW-Authenticate")).challenges().stream()
        .filter(challenge -> challenge.hasScheme(scheme))
        .findFirst();
  }
}
