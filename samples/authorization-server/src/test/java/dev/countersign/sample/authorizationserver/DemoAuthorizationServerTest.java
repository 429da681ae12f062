package dev.countersign.sample.authorizationserver;

import static dev.countersign.sample.authorizationserver.OAuthClient.RESOURCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DemoAuthorizationServerTest {

  private static DemoAuthorizationServer server;

  @BeforeAll
  static void start() {
    server = DemoAuthorizationServer.start(0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void servesMetadataWithTheIssuerOfTheBoundPort() throws Exception {
    Map<String, Object> metadata = json("/.well-known/oauth-authorization-server");

    assertEquals("http://localhost:" + server.port(), server.issuer());
    assertEquals(server.issuer(), metadata.get("issuer"));
    assertEquals(server.issuer() + "/oauth2/authorize", metadata.get("authorization_endpoint"));
    assertEquals(server.issuer() + "/oauth2/token", metadata.get("token_endpoint"));
    assertEquals(server.issuer() + "/oauth2/register", metadata.get("registration_endpoint"));
    assertEquals(server.issuer() + "/oauth2/jwks", metadata.get("jwks_uri"));
    assertEquals(List.of("S256"), metadata.get("code_challenge_methods_supported"));
    assertEquals(
        List.of("mcp:tools", "notes:read", "notes:write", "notes:admin"),
        metadata.get("scopes_supported"));
    assertEquals(List.of("pwd", "mfa"), metadata.get("acr_values_supported"));
    assertEquals(
        List.of("authorization_code", "refresh_token"), metadata.get("grant_types_supported"));
    assertEquals(
        List.of("none", "client_secret_basic", "client_secret_post"),
        metadata.get("token_endpoint_auth_methods_supported"));
    assertEquals(true, metadata.get("authorization_response_iss_parameter_supported"));
  }

  @Test
  void registersPublicClientWithWhatItMayUse() throws Exception {
    Map<String, Object> registration = publicClient().registration();

    assertEquals("mcp:tools", registration.get("scope"));
    assertEquals("none", registration.get("token_endpoint_auth_method"));
    assertFalse(registration.containsKey("client_secret"));
    assertEquals(
        Set.of("authorization_code", "refresh_token"),
        Set.copyOf((List<?>) registration.get("grant_types")));
  }

  @Test
  void answersWithStateAndIssuerAfterLoginAndConsent() throws Exception {
    OAuthClient client = publicClient();
    Browser browser = new Browser(server.issuer());

    Map<String, String> answer = browser.authorize(client.url(client.request("mcp:tools")));

    assertEquals(Set.of("code", "state", "iss"), answer.keySet());
    assertEquals("a state&more", answer.get("state"));
    assertEquals(server.issuer(), answer.get("iss"));
    assertTrue(browser.visited().containsAll(List.of("/login", "/consent")), "no question asked");
  }

  @Test
  void consentPageEscapesAndNamesTheResource() throws Exception {
    OAuthClient client = publicClient();
    Browser browser = new Browser(server.issuer());
    browser.authorize(client.url(client.request("mcp:tools")));

    HttpResponse<String> redirect = browser.get(client.url(client.request("notes:write")));
    String page = browser.get(redirect.headers().firstValue("Location").orElseThrow()).body();

    assertTrue(page.contains("Test &lt;client&gt;"), page);
    assertTrue(page.contains(RESOURCE), page);
    assertTrue(page.contains("value=\"notes:write\""), page);
  }

  @Test
  void tellsTheClientThatTheUserDenied() throws Exception {
    OAuthClient client = publicClient();

    Map<String, String> answer =
        Browser.whoDenies(server.issuer()).authorize(client.url(client.request("mcp:tools")));

    assertEquals("access_denied", answer.get("error"));
    assertEquals(server.issuer(), answer.get("iss"));
  }

  @Test
  void tellsTheUserOnlyWhenTheRedirectIsNotRegistered() throws Exception {
    OAuthClient client = publicClient();
    Map<String, String> request = client.request("mcp:tools");
    request.put("redirect_uri", "http://127.0.0.1:1/elsewhere");

    HttpResponse<String> answer = new Browser(server.issuer()).get(client.url(request));

    assertEquals(400, answer.statusCode());
    assertTrue(answer.headers().firstValue("Location").isEmpty());
  }

  @Test
  void issuesAccessTokenAsRfc9068Says() throws Exception {
    OAuthClient client = publicClient();

    Map<String, Object> answer = client.token(client.tokenRequest(code(client, "mcp:tools")));

    assertEquals(200, answer.get("status"));
    assertEquals("Bearer", answer.get("token_type"));
    SignedJWT token = SignedJWT.parse(answer.get("access_token").toString());
    assertEquals("at+jwt", token.getHeader().getType().getType());
    assertEquals("RS256", token.getHeader().getAlgorithm().getName());
    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertEquals(
        Set.of("iss", "sub", "aud", "exp", "iat", "jti", "client_id", "scope", "acr"),
        claims.getClaims().keySet());
    assertEquals(server.issuer(), claims.getIssuer());
    assertEquals("demo", claims.getSubject());
    assertEquals(List.of(RESOURCE), claims.getAudience());
    assertEquals(client.id(), claims.getClaim("client_id"));
    assertEquals("mcp:tools", claims.getClaim("scope"));
    assertEquals("pwd", claims.getClaim("acr"));
    assertEquals(
        600, (claims.getExpirationTime().getTime() - claims.getIssueTime().getTime()) / 1000);
  }

  @Test
  void asksForASecondStepAndSaysSoInEveryTokenOfTheSession() throws Exception {
    OAuthClient client = publicClient();
    Browser browser = new Browser(server.issuer());
    Map<String, String> request = client.request("mcp:tools");
    request.put("acr_values", "unknown mfa pwd");

    Map<String, Object> first = client.token(client.tokenRequest(code(client, browser, request)));
    Map<String, Object> refreshed = client.token(client.refreshRequest(first.get("refresh_token")));
    request.remove("acr_values");
    Map<String, Object> later = client.token(client.tokenRequest(code(client, browser, request)));

    assertEquals(1, browser.visited().stream().filter(SecondStep.PATH::equals).count());
    for (Map<String, Object> answer : List.of(first, refreshed, later)) {
      assertEquals("mfa", accessToken(answer).getJWTClaimsSet().getClaim("acr"));
    }
  }

  @Test
  void asksForNoSecondStepThatNobodyPrefers() throws Exception {
    OAuthClient client = publicClient();
    Map<String, String> request = client.request("mcp:tools");
    request.put("acr_values", "pwd mfa");

    Map<String, Object> answer = client.token(client.tokenRequest(code(client, request)));

    assertEquals("pwd", accessToken(answer).getJWTClaimsSet().getClaim("acr"));
  }

  @Test
  void aWrongCodeIsAskedForAgain() throws Exception {
    OAuthClient client = publicClient();
    Map<String, String> request = client.request("mcp:tools");
    request.put("acr_values", "mfa");
    Browser browser = Browser.whoMistypes(server.issuer());

    IOException endless =
        assertThrows(IOException.class, () -> browser.authorize(client.url(request)));

    assertTrue(endless.getMessage().startsWith("no end"), endless.getMessage());
  }

  @Test
  void signsWithThePublishedKey() throws Exception {
    OAuthClient client = publicClient();

    SignedJWT token = accessToken(client.token(client.tokenRequest(code(client, "mcp:tools"))));

    JWKSet keys = JWKSet.parse(get("/oauth2/jwks").body());
    assertFalse(keys.containsNonPublicKeys());
    assertTrue(
        token.verify(
            new RSASSAVerifier(keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())));
  }

  @Test
  void refreshKeepsResourceAndReplacesTheRefreshToken() throws Exception {
    OAuthClient client = publicClient();
    Map<String, Object> first = client.token(client.tokenRequest(code(client, "mcp:tools")));

    Map<String, Object> second = client.token(client.refreshRequest(first.get("refresh_token")));

    assertEquals(200, second.get("status"));
    assertEquals(List.of(RESOURCE), accessToken(second).getJWTClaimsSet().getAudience());
    assertNotEquals(first.get("refresh_token"), second.get("refresh_token"));
    assertEquals(
        "invalid_grant",
        client.token(client.refreshRequest(first.get("refresh_token"))).get("error"));
  }

  @Test
  void refreshForAnotherResourceIsRefused() throws Exception {
    OAuthClient client = publicClient();
    Map<String, Object> first = client.token(client.tokenRequest(code(client, "mcp:tools")));
    Map<String, String> request = client.refreshRequest(first.get("refresh_token"));
    request.put("resource", RESOURCE + "/other");

    Map<String, Object> answer = client.token(request);

    assertEquals(400, answer.get("status"));
    assertEquals("invalid_target", answer.get("error"));
  }

  @Test
  void confidentialClientNeedsItsSecret() throws Exception {
    OAuthClient client = new OAuthClient(server.issuer(), "client_secret_basic");
    Map<String, Object> first = client.token(client.tokenRequest(code(client, "mcp:tools")));
    assertEquals(200, first.get("status"));
    Map<String, String> request = client.refreshRequest(first.get("refresh_token"));
    request.put("client_id", client.id());

    HttpResponse<String> answer = postForm("/oauth2/token", Browser.form(request));

    assertEquals(401, answer.statusCode());
    assertEquals("invalid_client", JSONObjectUtils.parse(answer.body()).get("error"));
    assertEquals(
        200, client.token(client.refreshRequest(first.get("refresh_token"))).get("status"));
  }

  @Test
  void grantsMoreScopeThanRegistered() throws Exception {
    OAuthClient client = publicClient();

    Map<String, Object> answer =
        client.token(client.tokenRequest(code(client, "mcp:tools notes:write")));

    assertEquals("mcp:tools notes:write", accessToken(answer).getJWTClaimsSet().getClaim("scope"));
  }

  @Test
  void leavesUnknownScopesOut() throws Exception {
    OAuthClient client = publicClient();

    Map<String, Object> answer =
        client.token(client.tokenRequest(code(client, "mcp:tools offline_access")));

    assertEquals("mcp:tools", accessToken(answer).getJWTClaimsSet().getClaim("scope"));
    assertEquals("invalid_scope", refusal(client, Map.of("scope", "offline_access")));
  }

  @Test
  void grantsTheDefaultScopeToWhoAsksForNone() throws Exception {
    OAuthClient client = publicClient();
    Map<String, String> request = client.request("");
    request.remove("scope");

    Map<String, Object> answer = client.token(client.tokenRequest(code(client, request)));

    assertEquals("mcp:tools", accessToken(answer).getJWTClaimsSet().getClaim("scope"));
  }

  @Test
  void refusesRequestWithoutPkce() throws Exception {
    OAuthClient client = publicClient();

    assertEquals(
        "invalid_request",
        refusal(client, Map.of("code_challenge", "", "code_challenge_method", "")));
    assertEquals("invalid_request", refusal(client, Map.of("code_challenge_method", "plain")));
  }

  @Test
  void refusesAnotherCodeVerifier() throws Exception {
    OAuthClient client = publicClient();
    Map<String, String> request = client.tokenRequest(code(client, "mcp:tools"));
    request.put("code_verifier", OAuthClient.VERIFIER + "x");

    Map<String, Object> answer = client.token(request);

    assertEquals(400, answer.get("status"));
    assertEquals("invalid_grant", answer.get("error"));
  }

  @Test
  void refusesResourceThatIsNoAbsoluteUriWithoutFragment() throws Exception {
    OAuthClient client = publicClient();

    for (String resource : List.of(RESOURCE + "#part", RESOURCE + "#", "/mcp", "a b", "")) {
      assertEquals("invalid_target", refusal(client, Map.of("resource", resource)), resource);
    }
    assertEquals(
        "invalid_target",
        new Browser(server.issuer())
            .authorize(client.url(client.request("mcp:tools")) + "&resource=http://localhost:2/mcp")
            .get("error"));
  }

  @Test
  void refusesTokenRequestForAnotherResource() throws Exception {
    OAuthClient client = publicClient();
    Map<String, String> request = client.tokenRequest(code(client, "mcp:tools"));
    request.put("resource", RESOURCE + "/other");

    Map<String, Object> answer = client.token(request);

    assertEquals(400, answer.get("status"));
    assertEquals("invalid_target", answer.get("error"));
  }

  @Test
  void tokenWithoutResourceIsForTheAuthorizationServer() throws Exception {
    OAuthClient client = publicClient();
    Map<String, String> request = client.request("mcp:tools");
    request.remove("resource");
    Map<String, String> tokenRequest = client.tokenRequest(code(client, request));
    tokenRequest.remove("resource");

    Map<String, Object> answer = client.token(tokenRequest);

    assertEquals(List.of(server.issuer()), accessToken(answer).getJWTClaimsSet().getAudience());
  }

  @Test
  void restrictsResourcesWhenToldTo() throws Exception {
    DemoOptions options = DemoOptions.defaults().withAllowedResources(RESOURCE);
    try (DemoAuthorizationServer strict = DemoAuthorizationServer.start(options)) {
      OAuthClient client = new OAuthClient(strict.issuer(), "none");
      Map<String, String> request = client.request("mcp:tools");

      assertTrue(new Browser(strict.issuer()).authorize(client.url(request)).containsKey("code"));
      request.put("resource", RESOURCE + "/");
      assertEquals(
          "invalid_target",
          new Browser(strict.issuer()).authorize(client.url(request)).get("error"));
    }
  }

  @Test
  void answersPreflightOfBrowserClients() throws Exception {
    HttpRequest preflight =
        HttpRequest.newBuilder(URI.create(server.issuer() + "/oauth2/token"))
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", "https://app.example")
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "mcp-protocol-version")
            .build();

    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(preflight, BodyHandlers.ofString());

    assertEquals(200, answer.statusCode());
    assertEquals("*", answer.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
    assertEquals(
        "mcp-protocol-version",
        answer.headers().firstValue("Access-Control-Allow-Headers").orElse(""));
  }

  @Test
  void keepsItsLoginApartFromOtherServersOnLocalhost() throws Exception {
    String cookie = get("/login").headers().firstValue("Set-Cookie").orElseThrow();

    assertTrue(cookie.startsWith("countersign-demo-login="), "another cookie");
  }

  @Test
  void showsNoConsentPageWithoutQuestion() throws Exception {
    OAuthClient client = publicClient();
    Browser browser = new Browser(server.issuer());
    browser.authorize(client.url(client.request("mcp:tools")));

    assertEquals(404, browser.get(server.issuer() + "/consent").statusCode());
    assertEquals(404, browser.get(server.issuer() + "/consent?state=unknown").statusCode());
  }

  @Test
  void answersUnknownPathWithNotFound() throws Exception {
    assertEquals(404, get("/.well-known/openid-configuration").statusCode());
    assertEquals(404, get("/").statusCode());
  }

  @Test
  void saysInOneLineThatThePortIsTaken() {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> DemoAuthorizationServer.start(server.port()));

    assertEquals(
        "port " + server.port() + " is taken; choose another one, or 0 for a free one",
        refused.getMessage());
  }

  @Test
  void freesThePortWhenClosed() {
    DemoAuthorizationServer first = DemoAuthorizationServer.start(0);
    first.close();
    first.close();

    try (DemoAuthorizationServer second = DemoAuthorizationServer.start(first.port())) {
      assertEquals(first.issuer(), second.issuer());
    }
  }

  private static OAuthClient publicClient() throws Exception {
    return new OAuthClient(server.issuer(), "none");
  }

  private static String code(OAuthClient client, String scope) throws Exception {
    return code(client, client.request(scope));
  }

  private static String code(OAuthClient client, Map<String, String> request) throws Exception {
    return code(client, new Browser(server.issuer()), request);
  }

  private static String code(OAuthClient client, Browser browser, Map<String, String> request)
      throws Exception {
    Map<String, String> answer = browser.authorize(client.url(request));
    assertTrue(answer.containsKey("code"), answer::toString);
    return answer.get("code");
  }

  /** The error of an authorization request with some parameters changed, empty ones removed. */
  private static String refusal(OAuthClient client, Map<String, String> changes) throws Exception {
    Map<String, String> request = client.request("mcp:tools");
    request.putAll(changes);
    request.values().removeIf(value -> value.isEmpty() && !changes.containsKey("resource"));
    return new Browser(server.issuer()).authorize(client.url(request)).get("error");
  }

  private static SignedJWT accessToken(Map<String, Object> answer) throws Exception {
    return SignedJWT.parse(answer.get("access_token").toString());
  }

  private static Map<String, Object> json(String path) throws Exception {
    return JSONObjectUtils.parse(get(path).body());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.issuer() + path)).build(),
            BodyHandlers.ofString());
  }

  private static HttpResponse<String> postForm(String path, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.issuer() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }
}
