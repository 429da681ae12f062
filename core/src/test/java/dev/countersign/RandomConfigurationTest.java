package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigException;
import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import dev.countersign.http.BearerChallenge;
import dev.countersign.http.Challenges;
import dev.countersign.http.Response;
import dev.countersign.oauth.Denial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the settings: either nothing starts, or what starts guards. */
class RandomConfigurationTest {

  private static final Map<String, List<String>> VALUES = values();

  private static Map<String, List<String>> values() {
    String longScopes = "abcdefgh".repeat(60);
    List<String> scopes =
        List.of(
            "a",
            "a b",
            "b a",
            "mcp:read",
            longScopes,
            longScopes + "1 " + longScopes + "2",
            "a,b",
            "scope=",
            "\"",
            "offline_access",
            "!#$%&'()*+-./",
            "\u00e9",
            " ");
    List<String> urls =
        List.of(
            "https://mcp.example/mcp",
            "https://mcp.example",
            "https://mcp.example/",
            "https://mcp.example/a/b/",
            "https://mcp.example:8443/x",
            "https://mcp.example/mcp?a=b",
            "https://mcp.example/mcp?scope=b",
            "https://mcp.example/a,b",
            "https://mcp.example/a%2Fb",
            "https://mcp.example/" + "a".repeat(1500),
            "http://127.0.0.1:8080/mcp",
            "http://mcp.example",
            "https://b\u00fccher.example/mcp",
            "https://[::1]/mcp",
            "x",
            "https://u:p@mcp.example",
            "https://mcp.example/mcp#f");
    List<String> flags = List.of("true", "false", "yes", "");
    Map<String, List<String>> values = new LinkedHashMap<>();
    values.put("resource", urls);
    values.put(
        "authorization-servers",
        List.of(
            "https://id.example",
            "https://a.example,https://b.example",
            "https://mcp.example",
            "http://127.0.0.1:9000",
            "https://mcp.example:99999",
            "https://id.example,,",
            "x",
            "https://id.example?x"));
    values.put("required-scopes", scopes);
    values.put("announced-scopes", scopes);
    values.put("scopes-supported", scopes);
    values.put("scopes.tool.x", scopes);
    values.put("scopes.tool.y", scopes);
    values.put("resources.b.resource", urls);
    values.put("resources.b.required-scopes", scopes);
    values.put("resources.b.scopes.tool.x", scopes);
    values.put("issuers.c.issuer", List.of("https://id.example", "https://c.example", "x"));
    values.put("issuers.c.jwks-uri", List.of("https://c.example/jwks", "http://c.example", "%"));
    values.put("jwks-uri", List.of("https://c.example/jwks", "x"));
    values.put("algorithms", List.of("ES256", "none", "RS256,PS256", ","));
    values.put("audience-aliases", List.of("api://x", "*", ",", "https://mcp.example"));
    values.put("maximum-age", List.of("PT1H", "PT2562047788015215H", "x"));
    values.put("maximum-lifetime", List.of("PT24H", "-PT1S", "x"));
    values.put("clock-skew", List.of("PT0S", "PT5M", "PT6M", "x"));
    values.put("realm", List.of("x", "a b", "scope", "a".repeat(64), "https://x"));
    values.put(
        "error-uri",
        List.of(
            "https://mcp.example/e",
            "https://mcp.example/e,f",
            "https://mcp.example/?error=x",
            "x",
            "https://mcp.example/" + "e".repeat(1000)));
    values.put(
        "public-paths", List.of("/health", "/a/", "/mcp", "/x/mcp", "/%", "/health,/static/"));
    values.put(
        "allowed-origins", List.of("https://app.example", "null", "*", "https://app.example/x"));
    values.put("root-document", List.of("off", "first", "b", "none"));
    values.put("resource-name", List.of("x", "\u4f8b \"x\"", "a".repeat(300)));
    values.put("resource-name.de", List.of("x", " "));
    values.put("resource-tos-uri", List.of("https://mcp.example/t", "/t"));
    values.put("max-token-length", List.of("256", "65536", "1"));
    values.put("failure-limit", List.of("0", "10", "-1"));
    values.put("jmx", List.of("true", "false", "yes"));
    values.put("max-body-size", List.of("1024", "67108864", "-1"));
    values.put("strict-credentials", flags);
    values.put("legacy-as-mirror", flags);
    values.put("allow-http-on-loopback", flags);
    values.put("allow-private-addresses", flags);
    values.put("accept-plain-jwt", flags);
    values.put("exclusive-audience", flags);
    values.put("nonsense", List.of("x"));
    return values;
  }

  private static Map<String, String> settings(Random random) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("resource", "https://mcp.example/mcp");
    settings.put("authorization-servers", "https://id.example");
    List<String> keys = List.copyOf(VALUES.keySet());
    for (int count = random.nextInt(5); count >= 0; count--) {
      String key = keys.get(random.nextInt(keys.size()));
      List<String> choice = VALUES.get(key);
      settings.put(key, choice.get(random.nextInt(choice.size())));
    }
    return settings;
  }

  @Test
  void AG19_C39_eitherNothingStartsOrTheEngineGuards() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int started = 0;
    for (int run = 0; run < 3000; run++) {
      Map<String, String> settings = settings(random);
      ResourceServerConfig config;
      try {
        config =
            ResourceServerConfig.builder(List.of(SettingSource.of("random", settings)))
                .tokenValidator(new StubValidator())
                .build();
      } catch (ConfigException e) {
        assertFalse(e.problems().isEmpty());
        continue;
      }
      started++;
      try (ResourceServer engine = ResourceServer.create(config)) {
        for (ProtectedResource resource : config.resources()) {
          guards(engine, resource);
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ", run " + run + ": " + settings, e);
      }
    }
    assertTrue(started > 300 && started < 2700, "only " + started + " started, seed " + seed);
  }

  private static void guards(ResourceServer engine, ProtectedResource resource) {
    String path = resource.identifier().path().isEmpty() ? "/" : resource.identifier().path();
    Response first = MemoryExchange.of("POST", path).refusedBy(engine);
    assertEquals(401, first.status());
    for (Denial why : Denial.values()) {
      Response response = MemoryExchange.of("POST", path).bearer(why.name()).refusedBy(engine);
      assertEquals(why.status(), response.status());
      assertEquals(why.challenges(), !Engines.challenge(response).isEmpty());
      isReadable(response);
    }
    String batch =
        "[{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}},"
            + "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"y\"}}]";
    MemoryExchange call = MemoryExchange.of("POST", path).bearer("good").json(batch);
    boolean free = resource.required().isEmpty() && resource.policy().rules().isEmpty();
    if (free) {
      assertTrue(call.admittedBy(engine));
    } else {
      Response refused = call.refusedBy(engine);
      assertEquals(403, refused.status());
      isReadable(refused);
    }
    assertEquals(
        200,
        MemoryExchange.of("GET", resource.identifier().metadataPath()).refusedBy(engine).status());
  }

  private static void isReadable(Response response) {
    for (String value : response.values("WWW-Authenticate")) {
      assertTrue(value.length() <= 2048);
      BearerChallenge read = BearerChallenge.from(Challenges.parse(value).get(0));
      assertEquals(value, read.toString());
      assertEquals(List.of(), read.problems());
    }
  }
}
