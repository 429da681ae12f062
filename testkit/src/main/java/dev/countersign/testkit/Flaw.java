package dev.countersign.testkit;

import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One thing that a {@link BrokenServer} does wrong, named by what an observer would say. */
public enum Flaw {
  /** Answers initialize without a token. */
  INITIALIZE_WITHOUT_TOKEN(
      "D02",
      (server, request, good) ->
          anonymous(request) && request.body().contains("initialize")
              ? BrokenServer.json(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")
              : good),
  /** Reports the failed authentication inside HTTP 200. */
  FAILURE_INSIDE_OK(
      "D03",
      (server, request, good) ->
          anonymous(request)
              ? BrokenServer.json(
                  200,
                  "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32001,\"message\":\"Unauthorized\"}}")
              : good),
  /** Refuses a method before it asks for a token. */
  METHOD_BEFORE_TOKEN(
      "D32",
      (server, request, good) ->
          anonymous(request) && request.method().equals("DELETE")
              ? BrokenServer.json(405, "{}")
              : good),
  /** Redirects to the other spelling. */
  REDIRECT(
      "D20",
      (server, request, good) ->
          anonymous(request) && BrokenServer.target(request).equals(BrokenServer.MCP)
              ? Response.empty(307, List.of(new FieldLine("Location", BrokenServer.MCP + "/")))
              : good),
  /** Knows one spelling of its URL only. */
  ONE_SLASH_SPELLING(
      "D29",
      (server, request, good) ->
          BrokenServer.target(request).equals(BrokenServer.MCP + "/")
              ? BrokenServer.json(404, "{}")
              : good),
  /** Advertises the name it has behind the proxy. */
  FOREIGN_ORIGIN(
      "D30",
      (server, request, good) ->
          BrokenServer.isMetadata(BrokenServer.target(request))
              ? edited(good, server.origin() + BrokenServer.MCP, "http://backend.internal:8080/mcp")
              : good),
  /** Advertises its URL without the prefix of the proxy. */
  LOST_PREFIX(
      "D31",
      (server, request, good) ->
          BrokenServer.isMetadata(BrokenServer.target(request))
              ? edited(good, BrokenServer.MCP + "\"", "/mcp\"")
              : good),
  /** Serves metadata inside the context of the web application only. */
  METADATA_IN_CONTEXT_ONLY(
      "D57",
      (server, request, good) ->
          BrokenServer.target(request).startsWith(BrokenServer.RESOURCE)
              ? BrokenServer.json(404, "{}")
              : good),
  /** Stands behind an edge service that asks for a browser. */
  EDGE_CHALLENGE_PAGE(
      "D42",
      (server, request, good) ->
          anonymous(request) ? BrokenServer.field(page(403), "Server", "cloudflare") : good),
  /** Limits the rate of discovery. */
  RATE_LIMITED_DISCOVERY(
      "D28",
      (server, request, good) ->
          server.asked() > 10 && BrokenServer.target(request).contains("/.well-known/")
              ? BrokenServer.json(429, "{}")
              : good),
  /** Takes a token from the query. */
  TOKEN_IN_QUERY(
      "D36",
      (server, request, good) ->
          request.query().contains("access_token=")
              ? BrokenServer.json(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")
              : good),
  /** Protects POST against forged requests before it asks for a token. */
  FORGERY_PROTECTION(
      "D34",
      (server, request, good) ->
          anonymous(request) && request.method().equals("POST")
              ? BrokenServer.json(403, "{\"error\":\"Invalid CSRF token\"}")
              : good),
  /** Refuses the origins of hosted clients. */
  HOSTED_ORIGINS_REFUSED(
      "D35",
      (server, request, good) ->
          isMcp(request) && !request.values("Origin").isEmpty()
              ? BrokenServer.json(403, "{\"error\":\"origin\"}")
              : good),
  /** Answers an unknown session with 400. */
  UNKNOWN_SESSION_IS_400(
      "D43",
      (server, request, good) ->
          good.status() == 404 && !request.values("Mcp-Session-Id").isEmpty()
              ? BrokenServer.json(400, "{}")
              : good),
  /** Sends a 401 without a challenge. */
  NO_CHALLENGE("D04", (server, request, good) -> BrokenServer.field(good, "WWW-Authenticate")),
  /** Stands behind a gateway that renames the challenge. */
  RENAMED_CHALLENGE(
      "D37",
      (server, request, good) ->
          good.status() == 401
              ? BrokenServer.field(
                  BrokenServer.field(good, "WWW-Authenticate"),
                  "x-amzn-remapped-www-authenticate",
                  challenge(good))
              : good),
  /** Names no metadata in the challenge. */
  NO_RESOURCE_METADATA(
      "D05",
      (server, request, good) ->
          challenged(
              good, challenge -> challenge.replaceAll(", resource_metadata=\"[^\"]*\"", ""))),
  /** Points to the metadata by a relative URL. */
  RELATIVE_POINTER(
      "D16",
      (server, request, good) ->
          challenged(good, challenge -> challenge.replace(server.origin(), ""))),
  /** Points to the metadata of the authorization server. */
  POINTER_TO_SERVER_METADATA(
      "D18",
      (server, request, good) ->
          challenged(
              good,
              challenge ->
                  challenge.replace(
                      BrokenServer.RESOURCE + BrokenServer.MCP,
                      "/.well-known/oauth-authorization-server" + BrokenServer.ISSUER))),
  /** Names the scope in some answers only. */
  CHALLENGE_DIFFERS(
      "D07",
      (server, request, good) ->
          request.method().equals("GET")
              ? challenged(good, challenge -> challenge.replace("scope=\"mcp:read\", ", ""))
              : good),
  /** Names no scope in the challenge. */
  NO_SCOPE(
      "D08",
      (server, request, good) ->
          challenged(good, challenge -> challenge.replace("scope=\"mcp:read\", ", ""))),
  /** Names every scope it has in the challenge. */
  SCOPE_CATALOGUE(
      "D13",
      (server, request, good) ->
          challenged(good, challenge -> challenge.replace("mcp:read", catalogue()))),
  /** Writes the scheme in lower case. */
  LOWER_CASE_SCHEME(
      "D09",
      (server, request, good) ->
          challenged(good, challenge -> challenge.replace("Bearer ", "bearer "))),
  /** Has a description that is taken for a parameter. */
  BAITING_DESCRIPTION(
      "D10",
      (server, request, good) ->
          challenged(
              good,
              challenge ->
                  challenge.replace(
                      "scope=", "error_description=\"see scope=all, please\", scope="))),
  /** Sends a Basic challenge before its own. */
  TWO_CHALLENGES(
      "D11",
      (server, request, good) ->
          good.status() == 401
              ? BrokenServer.field(good, "WWW-Authenticate", "Basic realm=\"x\"", challenge(good))
              : good),
  /** Names an error although there were no credentials. */
  ERROR_WITHOUT_CREDENTIALS(
      "D06",
      (server, request, good) ->
          anonymous(request)
              ? challenged(
                  good,
                  challenge -> challenge.replace("Bearer ", "Bearer error=\"invalid_token\", "))
              : good),
  /** Answers a bad token with 403. */
  BAD_TOKEN_IS_403(
      "D12",
      (server, request, good) -> badToken(request, good) ? BrokenServer.json(403, "{}") : good),
  /** Accepts whatever is presented. */
  GARBAGE_ACCEPTED(
      "D67",
      (server, request, good) ->
          badToken(request, good)
              ? BrokenServer.json(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")
              : good),
  /** Has a URL for a realm. */
  REALM_IS_URL(
      "D14",
      (server, request, good) ->
          challenged(
              good,
              challenge -> challenge.replace("Bearer ", "Bearer realm=\"https://id.example/\", "))),
  /** Does not say which scope is missing. */
  FORBIDDEN_WITHOUT_SCOPE(
      "D44",
      (server, request, good) ->
          isMcp(request) && good.status() == 200 ? BrokenServer.json(403, "{}") : good),
  /** Sends a web page with its 401. */
  WEB_PAGE_FOR_ERROR(
      "D54",
      (server, request, good) ->
          good.status() == 401
              ? BrokenServer.content(
                  good, 401, "text/html", "<html><body>Unauthorized</body></html>")
              : good),
  /** Stands behind a proxy that removes the token. */
  AUTHORIZATION_LOST(
      "D39",
      (server, request, good) ->
          isMcp(request) && good.status() == 200 ? server.refused("") : good),
  /** Writes what parsers misread. */
  MISREAD_CHALLENGE(
      "D59",
      (server, request, good) -> challenged(good, challenge -> challenge.replace("=\"", " = \""))),
  /** Serves no metadata at the well-known place. */
  METADATA_MISSING(
      "D15",
      (server, request, good) ->
          BrokenServer.isMetadata(BrokenServer.target(request))
              ? BrokenServer.json(404, "{}")
              : good),
  /** Wants a token for metadata. */
  METADATA_GUARDED(
      "D17",
      (server, request, good) ->
          BrokenServer.isMetadata(BrokenServer.target(request)) ? server.refused("") : good),
  /** Serves a web application at every path. */
  WEB_PAGE_FOR_METADATA("D19", (server, request, good) -> good.status() == 404 ? page(200) : good),
  /** Serves metadata as text. */
  METADATA_AS_TEXT(
      "D21",
      (server, request, good) ->
          BrokenServer.isMetadata(BrokenServer.target(request))
              ? BrokenServer.field(good, "Content-Type", "text/plain")
              : good),
  /** Has a null in its metadata. */
  NULL_MEMBER(
      "D22",
      (server, request, good) ->
          BrokenServer.isMetadata(BrokenServer.target(request))
              ? edited(good, "{", "{\"jwks_uri\":null,")
              : good),
  /** Names another resource than its URL. */
  ANOTHER_RESOURCE(
      "D26",
      (server, request, good) ->
          BrokenServer.isMetadata(BrokenServer.target(request))
              ? edited(good, BrokenServer.MCP + "\",\"auth", "/other\",\"auth")
              : good),
  /** Names no scopes in its metadata. */
  NO_SCOPES_SUPPORTED(
      "D23",
      (server, request, good) ->
          BrokenServer.isMetadata(BrokenServer.target(request))
              ? edited(good, "\"scopes_supported\":[\"mcp:read\"],", "")
              : good),
  /** Names no authorization server. */
  NO_AUTHORIZATION_SERVER(
      "D24",
      (server, request, good) ->
          BrokenServer.isMetadata(BrokenServer.target(request))
              ? edited(good, "[\"" + server.issuer() + "\"]", "[]")
              : good),
  /** Serves another document at the root. */
  DOCUMENTS_DIFFER(
      "D25",
      (server, request, good) ->
          BrokenServer.target(request).equals(BrokenServer.RESOURCE)
              ? edited(good, "[\"header\"]", "[\"header\",\"query\"]")
              : good),
  /** Serves metadata at any path. */
  METADATA_EVERYWHERE(
      "D27",
      (server, request, good) ->
          BrokenServer.target(request).startsWith(BrokenServer.RESOURCE + "/")
              ? BrokenServer.document(server.metadata())
              : good),
  /** Does not know HEAD. */
  METADATA_WITHOUT_HEAD(
      "D34B",
      (server, request, good) ->
          request.method().equals("HEAD") && !isMcp(request) ? BrokenServer.json(405, "{}") : good),
  /** Lists scopes of the authorization server. */
  IDENTITY_SCOPES(
      "D45",
      (server, request, good) ->
          BrokenServer.isMetadata(BrokenServer.target(request))
              ? edited(good, "[\"mcp:read\"", "[\"mcp:read\",\"offline_access\"")
              : good),
  /** Lets metadata be cached for a day. */
  CACHED_FOR_EVER(
      "D53",
      (server, request, good) ->
          BrokenServer.isMetadata(BrokenServer.target(request))
              ? BrokenServer.field(good, "Cache-Control", "max-age=86400")
              : good),
  /** Has an authorization server with another issuer. */
  ISSUER_DIFFERS(
      "D46",
      (server, request, good) ->
          edited(good, "\"issuer\":\"" + server.issuer(), "\"issuer\":\"" + server.issuer() + "/")),
  /** Has an authorization server that advertises no PKCE. */
  NO_PKCE("D48", (server, request, good) -> edited(good, "[\"S256\"]", "[\"plain\"]")),
  /** Has an authorization server where clients cannot register. */
  NO_REGISTRATION(
      "D49",
      (server, request, good) -> edited(good, "registration_endpoint", "x_registration_endpoint")),
  /** Has an authorization server that browsers cannot reach. */
  SERVER_WITHOUT_CROSS_ORIGIN(
      "D47",
      (server, request, good) ->
          BrokenServer.target(request).startsWith(BrokenServer.ISSUER)
              ? BrokenServer.field(good, "Access-Control-Allow-Origin")
              : good),
  /** Has an authorization server without keys. */
  NO_KEYS(
      "D51",
      (server, request, good) ->
          BrokenServer.target(request).endsWith("/keys")
              ? BrokenServer.document("{\"keys\":[]}")
              : good),
  /** Has an authorization server that wants pushed requests. */
  ONLY_PUSHED_REQUESTS(
      "D60",
      (server, request, good) ->
          edited(
              good, "\"jwks_uri\"", "\"require_pushed_authorization_requests\":true,\"jwks_uri\"")),
  /** Has an authorization server that does not know its scope. */
  SCOPE_UNKNOWN_TO_SERVER(
      "D61",
      (server, request, good) ->
          BrokenServer.target(request).endsWith(BrokenServer.ISSUER)
              ? edited(good, "[\"mcp:read\"]", "[\"other\"]")
              : good),
  /** Has an authorization server that does not know the resource. */
  RESOURCE_UNKNOWN_TO_SERVER(
      "D38",
      (server, request, good) ->
          BrokenServer.target(request).endsWith("/authorize")
              ? Response.empty(
                  302,
                  List.of(
                      new FieldLine("Location", "http://127.0.0.1/callback?error=invalid_target")))
              : good),
  /** Has an authorization server that lists other resources. */
  RESOURCE_NOT_LISTED(
      "D38",
      (server, request, good) ->
          edited(
              good,
              "\"jwks_uri\"",
              "\"protected_resources\":[\"https://other.example/mcp\"],\"jwks_uri\"")),
  /** Has an authorization server without TLS on its way to the internet. */
  SERVER_WITHOUT_TLS(
      "D50",
      (server, request, good) ->
          edited(good, server.issuer() + "/authorize", "http://id.example.invalid/authorize")),
  /** Has keys of two kinds, of which one does not say so. */
  KEYS_WITHOUT_USE(
      "D22",
      (server, request, good) ->
          BrokenServer.target(request).equals("/resource-keys")
              ? BrokenServer.document(
                  "{\"keys\":[{\"kty\":\"EC\",\"use\":\"enc\"},{\"kty\":\"EC\"}]}")
              : edited(
                  good,
                  "\"bearer_methods_supported\"",
                  "\"jwks_uri\":\""
                      + server.origin()
                      + "/resource-keys\",\"bearer_methods_supported\"")),
  /** Has a tool that is called with a secret in a header field. */
  SECRET_IN_FIELD(
      "D69",
      (server, request, good) ->
          listed(
              request,
              good,
              "{\"name\":\"post\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"api_key\":"
                  + "{\"type\":\"string\",\"x-mcp-header\":\"Key\"}}}}")),
  /** Has no tool for its token. */
  NO_TOOL("D70", (server, request, good) -> listed(request, good, "")),
  /** Answers no preflight. */
  NO_PREFLIGHT(
      "D33",
      (server, request, good) ->
          request.method().equals("OPTIONS") && isMcp(request) ? server.refused("") : good);

  @FunctionalInterface
  private interface Change {
    Response of(BrokenServer server, ReceivedRequest request, Response good);
  }

  private final String check;
  private final Change change;

  Flaw(String check, Change change) {
    this.check = check;
    this.change = change;
  }

  /**
   * The check of the doctor that has to find it.
   *
   * @return {@code D05} for instance
   */
  public String check() {
    return check;
  }

  Response change(BrokenServer server, ReceivedRequest request, Response good) {
    return change.of(server, request, good);
  }

  private static String catalogue() {
    return IntStream.range(0, 40)
        .mapToObj(number -> "mcp:" + number)
        .collect(Collectors.joining(" "));
  }

  private static boolean isMcp(ReceivedRequest request) {
    String path = BrokenServer.target(request);
    return path.equals(BrokenServer.MCP) || path.equals(BrokenServer.MCP + "/");
  }

  private static boolean anonymous(ReceivedRequest request) {
    return isMcp(request)
        && request.values("Authorization").isEmpty()
        && !request.method().equals("OPTIONS");
  }

  private static boolean badToken(ReceivedRequest request, Response good) {
    return good.status() == 401 && isMcp(request) && !anonymous(request);
  }

  private static String challenge(Response response) {
    return response.values("WWW-Authenticate").get(0);
  }

  private static Response challenged(Response good, UnaryOperator<String> edit) {
    return good.values("WWW-Authenticate").isEmpty()
        ? good
        : BrokenServer.field(good, "WWW-Authenticate", edit.apply(challenge(good)));
  }

  private static Response listed(ReceivedRequest request, Response good, String tools) {
    return good.status() == 200 && request.body().contains("tools/list")
        ? BrokenServer.json(
            200, "{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{\"tools\":[" + tools + "]}}")
        : good;
  }

  private static Response edited(Response good, String from, String to) {
    return good.body().contains(from)
        ? BrokenServer.content(
            good, good.status(), "application/json", good.body().replace(from, to))
        : good;
  }

  private static Response page(int status) {
    return BrokenServer.content(
        BrokenServer.json(status, ""), status, "text/html", "<!doctype html><title>Hello</title>");
  }
}
