package dev.countersign;

import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.Response;
import dev.countersign.oauth.ProtectedResourceMetadata;
import dev.countersign.oauth.ResourceIdentifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WellKnownTest {

  private static final String ROOT = "/.well-known/oauth-protected-resource";
  private static final String DOCUMENT =
      """
      {"resource":"https://mcp.example/mcp","authorization_servers":["https://id.example"],\
      "bearer_methods_supported":["header"],"scopes_supported":["mcp:read"]}""";

  private static Response get(ResourceServer engine, String path) {
    return MemoryExchange.of("GET", path).refusedBy(engine);
  }

  private static ResourceServer of(String resource) {
    return of(resource, "https://id.example");
  }

  private static ResourceServer of(String resource, String issuer) {
    return ResourceServer.create(
        ResourceServerConfig.builder(resource)
            .authorizationServer(issuer)
            .tokenValidator(new StubValidator())
            .build());
  }

  private static ResourceServer several(String rootDocument) {
    ConfigBuilder builder = Engines.builder();
    builder.resource("b").resource("https://mcp.example/b/c");
    if (!rootDocument.isEmpty()) {
      builder.rootDocument(rootDocument);
    }
    return ResourceServer.create(builder.build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ROOT + "/mcp",
        ROOT + "/mcp/",
        ROOT,
        ROOT + "/",
        "/mcp" + ROOT,
        "/mcp" + ROOT + "/"
      })
  void M01_M03_M13_M22_M23_M24_servesOneDocumentAtEverySpelling(String path) {
    Response response = get(engine(), path);

    assertEquals(200, response.status());
    assertEquals(DOCUMENT, response.body());
    assertEquals(List.of("application/json"), response.values("Content-Type"));
    assertEquals(List.of("*"), response.values("Access-Control-Allow-Origin"));
    assertEquals(List.of("nosniff"), response.values("X-Content-Type-Options"));
    assertEquals(List.of("public, max-age=300"), response.values("Cache-Control"));
    assertEquals(List.of(Integer.toString(DOCUMENT.length())), response.values("Content-Length"));
    assertEquals(List.of(), response.values("Vary"));
  }

  @Test
  void M15_M16_M20_theResourceLeadsBackToTheUrlOfTheDocument() {
    String resource =
        ProtectedResourceMetadata.parse(get(engine(), ROOT + "/mcp").body()).resource();

    assertEquals(Engines.RESOURCE, resource);
    assertEquals(Engines.METADATA, ResourceIdentifier.parse(resource).metadataUrl());
  }

  @ParameterizedTest
  @CsvSource({
    "https://h.example, " + ROOT,
    "https://h.example/, " + ROOT,
    "https://h.example/a/b/mcp, " + ROOT + "/a/b/mcp",
    "https://h.example/mcp/, " + ROOT + "/mcp/",
    "https://h.example/a%2Fb, " + ROOT + "/a%2Fb",
    "https://h.example/mcp?p=a%20b, " + ROOT + "/mcp",
    "https://h.example:8443/sse, " + ROOT + "/sse"
  })
  void M04_M08_M83_theDocumentIsWhereItsUrlSays(String resource, String path) {
    Response response = get(of(resource), path);

    assertEquals(200, response.status());
    assertTrue(response.body().startsWith("{\"resource\":\"" + resource + "\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  void aResourceAtTheRootHasItsDocumentThereAlone(String end) {
    ResourceServer engine = of("https://h.example" + end);

    assertEquals(200, get(engine, ROOT + "/").status());
    assertEquals(404, get(engine, ROOT + "/mcp").status());
  }

  @Test
  void M05_theRootDocumentCanBeSwitchedOff() {
    ResourceServer engine = engine(config -> config.rootDocument("off"));

    assertEquals(404, get(engine, ROOT).status());
    assertEquals(404, get(engine, ROOT + "/").status());
    assertEquals(200, get(engine, ROOT + "/mcp").status());
  }

  @Test
  void M77_M78_severalResourcesHaveADocumentEachAndNoneAtTheRootUntilOneIsNamed() {
    ResourceServer engine = several("");

    assertTrue(get(engine, ROOT + "/mcp").body().contains("\"https://mcp.example/mcp\""));
    assertTrue(get(engine, ROOT + "/b/c").body().contains("\"https://mcp.example/b/c\""));
    assertEquals(404, get(engine, ROOT).status());
    assertTrue(get(several("b"), ROOT).body().contains("\"https://mcp.example/b/c\""));
    assertTrue(get(several("first"), ROOT).body().contains("\"https://mcp.example/mcp\""));
  }

  @Test
  void M63_headIsGetWithoutTheBody() {
    ResourceServer engine = engine();

    for (String path :
        List.of(ROOT + "/mcp", ROOT + "/none", "/.well-known/openid-configuration")) {
      assertEquals(
          get(engine, path).withoutBody(), MemoryExchange.of("HEAD", path).refusedBy(engine));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE", "get", "FOO"})
  void M29_M64_PM7_everyOtherMethodIs405(String method) {
    Response response = MemoryExchange.of(method, ROOT + "/mcp").refusedBy(engine());

    assertEquals(405, response.status());
    assertEquals(List.of("GET, HEAD, OPTIONS"), response.values("Allow"));
    assertEquals(List.of("no-store"), response.values("Cache-Control"));
    assertEquals(List.of("*"), response.values("Access-Control-Allow-Origin"));
    assertEquals(
        "{\"error\":\"method_not_allowed\",\"error_description\":\"This document can only be read\"}",
        response.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {ROOT, ROOT + "/mcp/", ROOT + "/none", "/.well-known/oauth-authorization-server"})
  void M65_answersOptionsForEveryOrigin(String path) {
    Response response =
        MemoryExchange.of("OPTIONS", path)
            .field("Origin", "https://evil.example")
            .field("Access-Control-Request-Method", "GET")
            .field("Access-Control-Request-Headers", "mcp-protocol-version")
            .refusedBy(engine());

    assertEquals(204, response.status());
    assertEquals(List.of("*"), response.values("Access-Control-Allow-Origin"));
    assertEquals(List.of("GET, HEAD, OPTIONS"), response.values("Access-Control-Allow-Methods"));
    assertEquals(
        List.of("MCP-Protocol-Version, Authorization, Content-Type, Accept, If-None-Match"),
        response.values("Access-Control-Allow-Headers"));
    assertEquals(List.of(), response.values("Access-Control-Allow-Credentials"));
  }

  @Test
  void M61_answers304ToWhoHasTheDocument() {
    ResourceServer engine = engine();
    String etag = get(engine, ROOT + "/mcp").values("ETag").get(0);

    for (String method : List.of("GET", "HEAD")) {
      Response response =
          MemoryExchange.of(method, ROOT).field("If-None-Match", etag).refusedBy(engine);
      assertEquals(304, response.status());
      assertEquals(List.of(etag), response.values("ETag"));
      assertEquals("", response.body());
    }
  }

  @Test
  void M20_M62_M80_M81_PM1_PM2_PM8_PM16_noFieldOfTheRequestChangesTheDocument() {
    ResourceServer engine = engine();
    Response plain = get(engine, ROOT + "/mcp");

    for (String line :
        List.of(
            "Authorization: Bearer garbage",
            "Authorization: Bearer good.mcp_read",
            "Host: evil.example",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Proto: http",
            "X-Forwarded-Port: 1",
            "X-Forwarded-Prefix: /x",
            "Forwarded: host=evil.example",
            "X-Original-URL: /mcp",
            "X-Rewrite-URL: /mcp",
            "Accept: text/event-stream",
            "Accept: text/html",
            "MCP-Protocol-Version: 2024-11-05",
            "MCP-Protocol-Version: x",
            "Origin: https://evil.example",
            "Origin: null",
            "Cookie: a=b",
            "If-None-Match: \"x\"")) {
      String[] parts = line.split(": ");
      assertEquals(
          plain,
          MemoryExchange.of("GET", ROOT + "/mcp").field(parts[0], parts[1]).refusedBy(engine),
          line);
    }
  }

  @Test
  void M62_isServedWhateverTheStateOfTheAuthorizationServer() {
    ResourceServer engine =
        engine(
            config ->
                config.tokenValidator(
                    (token, resource) -> {
                      throw new IllegalStateException("down");
                    }));

    assertEquals(200, MemoryExchange.of("GET", ROOT).bearer("x").refusedBy(engine).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ROOT + "/other",
        ROOT + "/mcp/x",
        ROOT + "/MCP",
        ROOT + "x",
        ROOT + "/m%63p",
        ROOT + "//mcp",
        ROOT + "/mcp//",
        ROOT + "/../x",
        ROOT + ";x",
        ROOT + "/mcp;x",
        "/.well-known/oauth-authorization-server",
        "/.well-known/oauth-authorization-server/",
        "/.well-known/oauth-authorization-server/mcp",
        "/mcp/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
        "/.well-known/openid-configuration/mcp",
        "/mcp/.well-known/openid-configuration",
        "/.well-known/oauth-anything",
        "/.well-known/oauth-"
      })
  void M21_M29_M67_M68_M82_aNameThatNobodyServesIsAShortJson404(String path) {
    for (String method : List.of("GET", "POST", "FOO")) {
      Response response = MemoryExchange.of(method, path).refusedBy(engine());

      assertEquals(404, response.status());
      assertEquals(
          "{\"error\":\"not_found\",\"error_description\":\"There is no such document here\"}",
          response.body());
      assertEquals(List.of("application/json"), response.values("Content-Type"));
      assertEquals(List.of("*"), response.values("Access-Control-Allow-Origin"));
      assertEquals(List.of("no-store"), response.values("Cache-Control"));
      assertEquals(List.of(), response.values("WWW-Authenticate"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/security.txt",
        "/.well-known/",
        "/x" + ROOT,
        "/mcp;" + ROOT,
        "/" + ROOT,
        "/mcp/" + ROOT,
        "/.WELL-KNOWN/oauth-protected-resource",
        "/.well-known%2Foauth-protected-resource",
        "/%2ewell-known/oauth-protected-resource",
        "/./.well-known/oauth-protected-resource",
        "/mcp/x" + ROOT,
        "/mcpx/.well-known/oauth-authorization-server"
      })
  void PM6_PA12_PA13_everyOtherPathIsJudged(String path) {
    assertEquals(401, get(engine(), path).status());
  }

  @Test
  void anAuthorizationServerOnTheSameOriginAnswersItself() {
    ResourceServer engine = of("https://h.example/mcp", "https://h.example");

    for (String path :
        List.of("/.well-known/oauth-authorization-server", "/.well-known/openid-configuration")) {
      for (String method : List.of("GET", "HEAD", "OPTIONS")) {
        assertTrue(MemoryExchange.of(method, path).admittedBy(engine), path);
      }
      assertEquals(401, MemoryExchange.of("POST", path).refusedBy(engine).status());
      assertEquals(
          401, MemoryExchange.of("GET", path).bearer("EXPIRED").refusedBy(engine).status());
    }
    assertEquals(404, get(engine, "/.well-known/oauth-authorization-server/mcp").status());
    assertEquals(404, get(engine, "/mcp/.well-known/openid-configuration").status());
    assertEquals(200, get(engine, ROOT).status());
    assertEquals(404, get(engine, ROOT + "/x").status());
    assertEquals(401, get(engine, "/authorize").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://h.example", "https://h.example/"})
  void alsoBesideAResourceAtTheRoot(String resource) {
    ResourceServer engine = of(resource, "https://H.example:443");

    assertTrue(
        MemoryExchange.of("GET", "/.well-known/oauth-authorization-server").admittedBy(engine));
    assertEquals(200, get(engine, ROOT).status());
  }

  @Test
  void anIssuerWithAPathHasItsOwnSpellings() {
    ResourceServer engine = of("https://h.example/mcp", "https://h.example/mcp");

    for (String path :
        List.of(
            "/.well-known/oauth-authorization-server/mcp",
            "/.well-known/openid-configuration/mcp",
            "/mcp/.well-known/openid-configuration")) {
      assertTrue(MemoryExchange.of("GET", path).admittedBy(engine), path);
    }
    assertEquals(404, get(engine, "/mcp/.well-known/oauth-authorization-server").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h.example:8443",
        "https://x.h.example",
        "https://h.example.evil.example",
        "https://id.example/https://h.example"
      })
  void anAuthorizationServerOnAnotherOriginIsLeftNothing(String issuer) {
    assertEquals(
        404,
        get(of("https://h.example/mcp", issuer), "/.well-known/oauth-authorization-server")
            .status());
  }

  @Test
  void M34_PM9_theDocumentNamesNothingThatIsNotTrue() {
    String body = get(engine(config -> config.toolScope("x", "y")), ROOT).body();

    assertFalse(
        body.contains("offline_access") || body.contains("tls_client") || body.contains("dpop"));
    assertTrue(body.contains("\"scopes_supported\":[\"mcp:read\",\"y\"]"));
  }
}
