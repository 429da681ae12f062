package dev.countersign.it.authorizationservers;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An MCP client as far as OAuth goes: metadata, registration, authorization code with PKCE. */
final class OAuthClient {

  static final String REDIRECT = "http://127.0.0.1:33419/callback";
  private static final String VERIFIER = "a-code-verifier-of-at-least-forty-three-characters";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Object> metadata;
  private final String clientId;

  /**
   * A client of a server.
   *
   * @param issuer the issuer
   * @param knownClient the client that the server knows; empty to register one
   */
  OAuthClient(String issuer, String knownClient) throws Exception {
    metadata = metadata(URI.create(issuer));
    clientId = knownClient.isEmpty() ? register() : knownClient;
  }

  String clientId() {
    return clientId;
  }

  // RFC 8414 section 3.1, then OpenID Connect Discovery 1.0 section 4.1.
  private Map<String, Object> metadata(URI issuer) throws Exception {
    URI inserted = issuer.resolve("/.well-known/oauth-authorization-server" + issuer.getPath());
    URI appended = URI.create(issuer + "/.well-known/openid-configuration");
    for (URI location : List.of(inserted, appended)) {
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(location).build(), BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        return JSONObjectUtils.parse(answer.body());
      }
    }
    throw new IOException("no metadata of " + issuer);
  }

  private URI endpoint(String name) {
    return URI.create(metadata.get(name).toString());
  }

  private String register() throws Exception {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("client_name", "test");
    request.put("redirect_uris", List.of(REDIRECT));
    request.put("grant_types", List.of("authorization_code"));
    request.put("response_types", List.of("code"));
    request.put("token_endpoint_auth_method", "none");
    request.put("application_type", "native");
    Map<String, Object> answer =
        post(
            endpoint("registration_endpoint"),
            "application/json",
            JSONObjectUtils.toJSONString(request),
            201);
    return answer.get("client_id").toString();
  }

  /** Logs in and gets tokens. */
  Map<String, Object> login(String scope, String resource) throws Exception {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("response_type", "code");
    request.put("client_id", clientId);
    request.put("redirect_uri", REDIRECT);
    request.put("state", "state");
    request.put("scope", scope);
    request.put("resource", resource);
    request.put("code_challenge", challenge());
    request.put("code_challenge_method", "S256");
    String url = endpoint("authorization_endpoint") + "?" + Browser.form(request);
    Map<String, String> answer = new Browser().authorize(url, REDIRECT);
    if (!answer.containsKey("code")) {
      throw new IOException("no code, but " + answer.get("error"));
    }
    return exchange(answer.get("code"), resource);
  }

  private Map<String, Object> exchange(String code, String resource) throws Exception {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("grant_type", "authorization_code");
    request.put("code", code);
    request.put("redirect_uri", REDIRECT);
    request.put("code_verifier", VERIFIER);
    request.put("client_id", clientId);
    request.put("resource", resource);
    return post(
        endpoint("token_endpoint"),
        "application/x-www-form-urlencoded",
        Browser.form(request),
        200);
  }

  /** Ends a token (RFC 7009). */
  void revoke(String token) throws Exception {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("token", token);
    request.put("token_type_hint", "access_token");
    request.put("client_id", clientId);
    send(
        endpoint("revocation_endpoint"),
        "application/x-www-form-urlencoded",
        Browser.form(request),
        200);
  }

  private Map<String, Object> post(URI uri, String type, String body, int expected)
      throws Exception {
    return JSONObjectUtils.parse(send(uri, type, body, expected));
  }

  private String send(URI uri, String type, String body, int expected) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(uri)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != expected) {
      throw new IOException(uri + " answered " + answer.statusCode());
    }
    return answer.body();
  }

  private static String challenge() throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }
}
