package dev.countersign.conformance;

import dev.countersign.http.Challenge;
import dev.countersign.http.Challenges;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.TokenBuilder;
import dev.countersign.testkit.TokenFault;
import dev.countersign.testkit.Tokens;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * A resource server that is held to the rules. It has been told the issuer and the resource, and
 * nothing else. Not thread-safe.
 */
public final class Subject {

  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"conformance\","
          + "\"version\":\"1\"}}}";

  private final URI url;
  private final Tokens tokens;
  private final String scope;

  /**
   * A server.
   *
   * @param url where it is reached
   * @param tokens the tokens of the authorization server that it trusts, for its resource
   * @param scope what its tokens need at least, with spaces between; empty for nothing
   */
  public Subject(URI url, Tokens tokens, String scope) {
    this.url = url;
    this.tokens = tokens;
    this.scope = scope;
  }

  URI url() {
    return url;
  }

  /** The path of the resource. */
  String path() {
    return url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
  }

  /** The identifier that tokens are for. */
  String resource() {
    return tokens.audience();
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

  /** What every client begins with. */
  RawRequest initialize() {
    return request("POST", path())
        .with("Accept", "application/json, text/event-stream")
        .json(INITIALIZE);
  }

  RawResponse ask(RawRequest request) throws IOException {
    return RawHttp.exchange(url, request);
  }

  RawResponse get(String target) throws IOException {
    return ask(request("GET", target).with("Accept", "application/json"));
  }

  TokenBuilder mint() {
    return scope.isEmpty() ? tokens.mint() : tokens.mint().scope(scope);
  }

  /** A token that is good in every way. */
  String good() {
    return mint().text();
  }

  String faulty(TokenFault fault) {
    return tokens.faulty(fault);
  }

  /** Whether the server lets the request through, as far as can be seen. */
  boolean admits(RawRequest request) throws IOException {
    return ask(request).status() == 200;
  }

  /** Whether the server admits a good token, without which many rules cannot be tried. */
  boolean works() throws IOException {
    return admits(initialize().bearer(good()));
  }

  static Optional<Challenge> bearer(RawResponse response) {
    return Challenges.parseLenient(response.values("WWW-Authenticate")).challenges().stream()
        .filter(challenge -> challenge.hasScheme("Bearer"))
        .findFirst();
  }
}
