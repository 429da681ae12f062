package dev.countersign.it.authorizationservers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.Finding;
import dev.countersign.testkit.RecordingExchange;
import dev.countersign.token.AuthorizationServerCheck;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A login at one authorization server by script, and calls through the engine with its tokens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AuthorizationServerContract {

  static final String RESOURCE = "https://mcp.example.com/mcp";
  static final String OTHER_RESOURCE = RESOURCE + "/other";

  private AutoCloseable server = () -> {};
  private String issuer = "";

  /** A server that runs. */
  record Running(String issuer, AutoCloseable server) {}

  /** Starts the server. */
  abstract Running start() throws Exception;

  /** The profile under which its tokens are judged, and further settings of the issuer. */
  abstract Map<String, String> settings();

  /** A scope of this resource that the server knows. */
  abstract String scope();

  /** The client that the server knows; empty if clients register themselves. */
  String clientId() {
    return "";
  }

  /** A token of the server that is for something else. */
  String foreignToken(OAuthClient client) throws Exception {
    return client.login(scope(), OTHER_RESOURCE).get("access_token").toString();
  }

  boolean hasIdTokens() {
    return true;
  }

  /** How the server is asked about its tokens; empty if this server is not. */
  Map<String, String> introspection() {
    return Map.of();
  }

  /** The resource for whose tokens it is asked. */
  String introspectedResource() {
    return RESOURCE;
  }

  @BeforeAll
  void startServer() throws Exception {
    Running running = start();
    server = running.server();
    issuer = running.issuer();
  }

  @AfterAll
  void stopServer() throws Exception {
    server.close();
  }

  private ResourceServer engine() {
    return engine(RESOURCE, Map.of());
  }

  private ResourceServer engine(String resource, Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("resource", resource);
    settings.put("required-scopes", scope());
    settings.put("allow-http-on-loopback", "true");
    settings.put("issuers.it.issuer", issuer);
    settings().forEach((key, value) -> settings.put("issuers.it." + key, value));
    more.forEach((key, value) -> settings.put("issuers.it." + key, value));
    return ResourceServer.create(
        ResourceServerConfig.read(List.of(SettingSource.of("test", settings))));
  }

  private static Response refused(ResourceServer engine, RecordingExchange exchange)
      throws Exception {
    assertFalse(engine.admit(exchange));
    return exchange.response().orElseThrow();
  }

  private static void assertRefused(ResourceServer engine, Object token) throws Exception {
    assertRefused(engine, "/mcp", token);
  }

  private static void assertRefused(ResourceServer engine, String path, Object token)
      throws Exception {
    Response answer = refused(engine, RecordingExchange.of("POST", path).bearer(token.toString()));
    assertEquals(401, answer.status());
    assertTrue(challenge(answer).contains("error=\"invalid_token\""), challenge(answer));
  }

  private static String challenge(Response answer) {
    return answer.fields().stream()
        .filter(field -> field.name().equals("WWW-Authenticate"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static String parameter(String challenge, String name) {
    String front = name + "=\"";
    int start = challenge.indexOf(front) + front.length();
    return challenge.substring(start, challenge.indexOf('"', start));
  }

  @Test
  void aClientFindsTheServerLogsInAndIsAdmitted() throws Exception {
    try (ResourceServer engine = engine()) {
      String challenge = challenge(refused(engine, RecordingExchange.of("POST", "/mcp")));
      URI location = URI.create(parameter(challenge, "resource_metadata"));
      Response document = refused(engine, RecordingExchange.of("GET", location.getPath()));
      Map<String, Object> metadata = JSONObjectUtils.parse(document.body());
      String found = ((List<?>) metadata.get("authorization_servers")).get(0).toString();
      OAuthClient client = new OAuthClient(found, clientId());

      String token =
          client
              .login(parameter(challenge, "scope"), metadata.get("resource").toString())
              .get("access_token")
              .toString();
      RecordingExchange call = RecordingExchange.of("POST", "/mcp").bearer(token);

      assertTrue(engine.admit(call), () -> challenge(call.response().orElseThrow()));
      AccessToken accepted = call.admission().orElseThrow().accessToken().orElseThrow();
      assertEquals(issuer, accepted.issuer());
      assertEquals(client.clientId(), accepted.clientId().orElse(client.clientId()));
      assertTrue(accepted.scope().covers(Scope.of(scope())));
    }
  }

  @Test
  void J29_CL28_aTokenForSomethingElseIsRefused() throws Exception {
    try (ResourceServer engine = engine()) {
      assertRefused(engine, foreignToken(new OAuthClient(issuer, clientId())));
    }
  }

  @Test
  void J42_itsIdTokenIsRefused() throws Exception {
    assumeTrue(hasIdTokens());
    try (ResourceServer engine = engine()) {
      Map<String, Object> tokens =
          new OAuthClient(issuer, clientId()).login("openid " + scope(), RESOURCE);
      RecordingExchange call =
          RecordingExchange.of("POST", "/mcp").bearer(tokens.get("access_token").toString());

      assertTrue(engine.admit(call));
      assertRefused(engine, tokens.get("id_token"));
    }
  }

  @Test
  void I01_I02_I04_S19_itsWordCountsUntilTheTokenIsRevoked() throws Exception {
    assumeTrue(!introspection().isEmpty());
    Map<String, String> asking = new LinkedHashMap<>(introspection());
    asking.put("tokens", "opaque");
    asking.put("introspection-cache", "PT0S");
    String path = URI.create(introspectedResource()).getPath();
    try (ResourceServer engine = engine(introspectedResource(), asking)) {
      OAuthClient client = new OAuthClient(issuer, clientId());
      String token = client.login(scope(), introspectedResource()).get("access_token").toString();
      RecordingExchange call = RecordingExchange.of("POST", path).bearer(token);

      assertTrue(engine.admit(call), () -> call.response().orElseThrow().toString());
      AccessToken accepted = call.admission().orElseThrow().accessToken().orElseThrow();
      assertTrue(accepted.scope().covers(Scope.of(scope())));

      client.revoke(token);
      assertRefused(engine, path, token);
    }
  }

  @Test
  void itsMetadataFitsTheConfiguration() {
    try (ResourceServer engine = engine()) {
      List<Finding> problems =
          engine.config().issuers().stream()
              .flatMap(
                  one ->
                      AuthorizationServerCheck.check(
                          one, List.of(engine.config().resources().get(0).metadata()))
                          .stream())
              .filter(finding -> finding.level() == Finding.Level.ERROR)
              .toList();

      assertEquals(List.of(), problems);
    }
  }
}
