package dev.countersign.sample.authorizationserver;

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
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** An MCP client as far as OAuth goes, with a fixed code verifier. */
public final class OAuthClient {

  static final String RESOURCE = "http://localhost:1/mcp";
  static final String REDIRECT = "http://127.0.0.1:1/callback";
  static final String VERIFIER = "a-code-verifier-of-at-least-forty-three-characters";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String server;
  private final String authMethod;
  private final Map<String, Object> registration;

  /**
   * Registers a client.
   *
   * @param server the authorization server
   * @param authMethod how the client proves itself, {@code none} for instance
   * @throws Exception if it is not registered
   */
  public OAuthClient(String server, String authMethod) throws Exception {
    this.server = server;
    this.authMethod = authMethod;
    HttpResponse<String> answer =
        post(
            "/oauth2/register",
            "application/json",
            """
            {"client_name": "Test <client>", "redirect_uris": ["%s"],
             "grant_types": ["authorization_code", "refresh_token", "client_credentials"],
             "response_types": ["code"], "token_endpoint_auth_method": "%s",
             "scope": "mcp:tools unknown"}
            """
                .formatted(REDIRECT, authMethod),
            "");
    if (answer.statusCode() != 201) {
      throw new IOException("registration answered " + answer.statusCode());
    }
    registration = JSONObjectUtils.parse(answer.body());
  }

  Map<String, Object> registration() {
    return registration;
  }

  String id() {
    return registration.get("client_id").toString();
  }

  /**
   * The parameters of a complete authorization request, to be changed by a test.
   *
   * @param scope the scope to ask for
   * @return the parameters
   */
  public Map<String, String> request(String scope) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", id());
    parameters.put("redirect_uri", REDIRECT);
    parameters.put("state", "a state&more");
    parameters.put("scope", scope);
    parameters.put("resource", RESOURCE);
    parameters.put("code_challenge", challenge());
    parameters.put("code_challenge_method", "S256");
    return parameters;
  }

  /**
   * An authorization request as a URL.
   *
   * @param request the parameters
   * @return the URL
   */
  public String url(Map<String, String> request) {
    return server + "/oauth2/authorize?" + Browser.form(request);
  }

  /**
   * The parameters of a complete token request, to be changed by a test.
   *
   * @param code the authorization code
   * @return the parameters
   */
  public Map<String, String> tokenRequest(String code) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("grant_type", "authorization_code");
    parameters.put("code", code);
    parameters.put("redirect_uri", REDIRECT);
    parameters.put("code_verifier", VERIFIER);
    parameters.put("resource", RESOURCE);
    return parameters;
  }

  Map<String, String> refreshRequest(Object refreshToken) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("grant_type", "refresh_token");
    parameters.put("refresh_token", refreshToken.toString());
    return parameters;
  }

  /**
   * Asks for a token.
   *
   * @param request the parameters
   * @return the members of the answer, and its status as {@code status}
   * @throws Exception if there is no answer
   */
  public Map<String, Object> token(Map<String, String> request) throws Exception {
    Map<String, String> parameters = new LinkedHashMap<>(request);
    String authorization = "";
    if (authMethod.equals("none")) {
      parameters.put("client_id", id());
    } else {
      String pair = id() + ":" + registration.get("client_secret");
      authorization =
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }
    return members(
        post(
            "/oauth2/token",
            "application/x-www-form-urlencoded",
            Browser.form(parameters),
            authorization));
  }

  private HttpResponse<String> post(String path, String type, String body, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static Map<String, Object> members(HttpResponse<String> answer) throws ParseException {
    Map<String, Object> members = new LinkedHashMap<>(JSONObjectUtils.parse(answer.body()));
    members.put("status", answer.statusCode());
    return members;
  }

  private static String challenge() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
