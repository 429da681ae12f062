package dev.countersign.config;

import static dev.countersign.config.Reading.map;
import static dev.countersign.config.Reading.minimalWith;
import static dev.countersign.config.Reading.problem;
import static dev.countersign.config.Reading.problems;
import static dev.countersign.config.Reading.read;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.MetadataBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossChecksTest {

  private static Map<String, String> two(String first, String second) {
    return map(
        "authorization-servers", "https://id.example",
        "resources.a.resource", first,
        "resources.b.resource", second);
  }

  @ParameterizedTest
  @CsvSource({
    "https://h.example/mcp, https://h.example/mcp",
    "https://h.example/mcp, HTTPS://H.example:443/mcp",
    "https://h.example/mcp, https://h.example/mcp/",
    "https://h.example/mcp, https://h.example/mcp?x=1",
    "https://h.example, https://h.example/"
  })
  void AG13_refusesTwoResourcesWithOnePath(String first, String second) {
    assertTrue(
        problems(two(first, second)).stream()
            .anyMatch(
                p ->
                    p.setting().equals("resources.b.resource")
                        && p.expectation().equals("another resource has the same path")
                        && p.place().equals("test")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://other.example/b", "https://h.example:8443/b", "https://x.h.example/b"})
  void refusesAResourceOnAnotherOrigin(String second) {
    assertEquals(
        List.of(
            problem(
                "resources.b.resource",
                second,
                "expected the origin of the first resource, https://h.example")),
        problems(two("https://h.example/a", second)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h.example/a%2Fb",
        "https://h.example/a;b",
        "https://h.example/a//b",
        "https://h.example/./b",
        "https://h.example/a/../b"
      })
  void refusesAnAmbiguousPathWhereItSelectsTheResource(String ambiguous) {
    assertEquals(
        List.of(
            problem(
                "resources.b.resource",
                ambiguous,
                "expected a plain path: it selects the resource of a request")),
        problems(two("https://h.example/a", ambiguous)));
    assertDoesNotThrow(() -> read(minimalWith("resource", ambiguous)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h.example/b/",
        "https://h.example",
        "https://h.example/b/c",
        "https://h.example/a/b"
      })
  void takesPlainPaths(String second) {
    assertEquals(2, read(two("https://h.example/a", second)).resources().size());
  }

  @ParameterizedTest
  @CsvSource({"/mcp", "/mcp/", "/x/mcp", "/x/mcp/", "/a/b/mcp"})
  void K02_K08_refusesAPublicPathThatReachesTheResource(String path) {
    for (String resource : List.of("https://h.example/mcp", "https://h.example/mcp/")) {
      assertEquals(
          List.of(
              problem(
                  "public-paths",
                  path,
                  "a resource must not be public, nor a path that ends like one")),
          problems(minimalWith("resource", resource, "public-paths", "/health," + path)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/a/, https://h.example/a/mcp",
    "/a/b/, https://h.example/a/b/mcp",
    "/a/mcp/, https://h.example/a/mcp"
  })
  void K08_refusesAPublicPrefixOfTheResource(String path, String resource) {
    assertEquals(
        "public-paths",
        problems(minimalWith("resource", resource, "public-paths", path)).get(0).setting());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/health", "/mcp/health", "/mcp/static/", "/mcpx/", "/m", "/.well-known/x"})
  void takesOtherPublicPaths(String path) {
    assertTrue(read(minimalWith("public-paths", path)).publicPaths().contains(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/", "", "health", "/a%2Fb", "/a;b", "//a", "/a//b", "/./a", "/a/..", "/a\\b", "/a b",
        "/a?b", "*", "/\u00e9"
      })
  void K08_refusesAPublicPathThatServersReadInDifferentWays(String path) {
    assertEquals(
        "public-paths", problems(minimalWith("public-paths", "/ok," + path)).get(0).setting());
  }

  @Test
  void AG13_refusesTheSameIssuerInTwoGroups() {
    assertEquals(
        List.of(
            new Problem(
                "authorization-servers",
                "https://id.example",
                "",
                "two groups of settings name the same issuer")),
        problems(minimalWith("issuers.a.issuer", "https://id.example")));
  }

  private static String scopes(int count, String name) {
    return IntStream.range(0, count).mapToObj(i -> name + i).collect(Collectors.joining(" "));
  }

  @Test
  void C38_refusesScopesThatMakeTheChallengeTooLong() {
    String tooMany = scopes(500, "a-rather-long-scope-");
    String justTooMany = "a".repeat(1825);

    assertEquals(
        List.of(
            problem(
                "required-scopes",
                tooMany,
                "with announced-scopes and rules: the scopes have 11889 characters, a"
                    + " challenge at most 2048")),
        problems(minimalWith("required-scopes", tooMany)));
    assertEquals(
        List.of(
            problem(
                "required-scopes",
                justTooMany,
                "with announced-scopes and rules: the challenge has 2049 characters, at"
                    + " most 2048 reach every client")),
        problems(minimalWith("required-scopes", justTooMany)));
    assertDoesNotThrow(() -> read(minimalWith("required-scopes", justTooMany.substring(1))));
  }

  @Test
  void C38_countsTheScopesOfOneOperation() {
    String a = scopes(120, "aaaaaaa");
    String b = scopes(120, "bbbbbbb");

    assertDoesNotThrow(() -> read(minimalWith("scopes.tool.a", a, "scopes.tool.b", b)));
    assertDoesNotThrow(() -> read(minimalWith("scopes.tool.a", a, "announced-scopes", b)));
    assertDoesNotThrow(() -> read(minimalWith("scopes.tool.a", a + " | " + b)));
    assertEquals(
        "required-scopes", problems(minimalWith("scopes.tool.a", a + " " + b)).get(0).setting());
    assertEquals(
        "required-scopes",
        problems(minimalWith("scopes.tool.a", a, "required-scopes", b)).get(0).setting());
  }

  @Test
  void C38_doesNotCountScopesThatNoChallengeNames() {
    assertDoesNotThrow(
        () -> read(minimalWith("scopes-supported", scopes(500, "a-rather-long-scope-"))));
  }

  @Test
  void C38_refusesAUrlThatMakesTheChallengeTooLong() {
    assertEquals(
        1, problems(minimalWith("resource", "https://mcp.example/" + "a".repeat(2000))).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h.example/a,b",
        "https://h.example/mcp?scope=x",
        "https://h.example/mcp?error=x",
        "https://h.example/mcp?resource_metadata=x",
        "https://h.example/mcp?xScope=1"
      })
  void C34_C35_C39_refusesAResourceWhoseChallengeClientsWouldMisread(String resource) {
    List<Problem> problems = problems(minimalWith("resource", resource));

    assertEquals(1, problems.size());
    assertEquals("resource", problems.get(0).setting());
    assertEquals("test", problems.get(0).place());
    assertTrue(
        problems.get(0).expectation().startsWith("resource_metadata "),
        problems.get(0).expectation());
  }

  @Test
  void M09_takesAQueryThatClientsReadRight() {
    assertEquals(
        "https://h.example/mcp?project=a",
        read(minimalWith("resource", "https://h.example/mcp?project=a"))
            .resources()
            .get(0)
            .identifier()
            .toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://h.example/a,b", "https://h.example/?scope=x", "https://h.example/\u00e9"})
  void C18_C35_refusesAnErrorUriThatClientsWouldMisread(String uri) {
    assertEquals(
        List.of("error-uri"),
        problems(minimalWith("error-uri", uri)).stream().map(Problem::setting).toList());
  }

  @Test
  void C34_refusesScopesThatLookLikeParameters() {
    for (String scope : List.of("scope=x", "xerror=", "a,b", "resource_metadata=a")) {
      for (String key : List.of("required-scopes", "announced-scopes", "scopes.tool.x")) {
        assertEquals(
            List.of(key),
            problems(minimalWith(key, scope)).stream().map(Problem::setting).toList());
      }
    }
  }

  @Test
  void CH1_C14_C21_refusesARealmThatIsNoPlainWord() {
    for (String bad :
        List.of(
            "a b",
            "a\"b",
            "a\\b",
            "a\r\nb",
            "a\u0000b",
            "a,b",
            "a=b",
            "\u560D",
            "https://h",
            "a".repeat(65),
            "a\tb",
            "\u00e9",
            "a\u007F")) {
      assertEquals(
          List.of("realm"),
          problems(minimalWith("realm", bad)).stream().map(Problem::setting).toList(),
          bad);
    }
  }

  private static List<Problem> withMetadata(Consumer<MetadataBuilder> step) {
    ConfigBuilder builder =
        ResourceServerConfig.builder("https://h.example/mcp")
            .authorizationServer("https://id.example");
    builder.primaryResource().metadata(step);
    return assertThrows(ConfigException.class, builder::build).problems();
  }

  @Test
  void M45_M48_PM9_refusesToAnnounceABindingThatNobodyChecks() {
    String expectation = "must not be announced: it is not enforced";

    assertEquals(
        List.of(
            new Problem("metadata", "tls_client_certificate_bound_access_tokens", "", expectation)),
        withMetadata(MetadataBuilder::tlsClientCertificateBoundAccessTokens));
    assertEquals(
        List.of(new Problem("metadata", "dpop_bound_access_tokens_required", "", expectation)),
        withMetadata(MetadataBuilder::dpopBoundAccessTokensRequired));
    assertEquals(
        List.of(new Problem("metadata", "dpop_signing_alg_values_supported", "", expectation)),
        withMetadata(metadata -> metadata.dpopSigningAlgValuesSupported(List.of("ES256"))));
  }

  @Test
  void M34_refusesOfflineAccessEverywhere() {
    for (String key :
        List.of("required-scopes", "announced-scopes", "scopes-supported", "scopes.tool.x")) {
      assertEquals(
          List.of(
              problem(
                  key,
                  "a offline_access",
                  "offline_access is not a scope of a resource (MCP authorization)")),
          problems(minimalWith(key, "a offline_access")));
    }
  }

  @Test
  void M52_M53_refusesBadLanguageTags() {
    assertEquals(
        List.of(
            problem(
                "resource-name.de_DE",
                "x",
                "expected a BCP 47 language tag behind resource_name#")),
        problems(minimalWith("resource-name.de_DE", "x")));
    assertEquals(
        1, problems(minimalWith("resource-name.en-us", "x", "resource-name.EN-US", "y")).size());
  }

  @Test
  void U07_M36_aChallengeMayNameScopesThatTheDocumentDoesNot() {
    ProtectedResource resource =
        read(minimalWith("scopes-supported", "a", "scopes.tool.x", "b", "announced-scopes", "c"))
            .resources()
            .get(0);

    assertEquals(List.of("a"), resource.metadata().scopesSupported());
    assertEquals("c", resource.announced().toString());
  }

  @Test
  void M78_theRootDocumentIsChosenByName() {
    Map<String, String> settings = two("https://h.example/a", "https://h.example/b");

    assertTrue(read(settings).rootDocument().isEmpty());
    settings.put("root-document", "b");
    assertEquals("b", read(settings).rootDocument().get().name());
    settings.put("root-document", "first");
    assertEquals("a", read(settings).rootDocument().get().name());
    settings.put("root-document", "c");
    assertEquals(
        List.of(problem("root-document", "c", "expected off, first, or the name of a resource")),
        problems(settings));
  }

  @Test
  void aResourceCanBeCalledFirst() {
    ResourceServerConfig config =
        read(
            map(
                "authorization-servers", "https://id.example",
                "resources.a.resource", "https://h.example/a",
                "resources.first.resource", "https://h.example/b",
                "root-document", "first"));

    assertEquals("first", config.rootDocument().get().name());
  }

  @Test
  void aBrokenResourceIsNoSecondProblemOfTheRootDocument() {
    Map<String, String> settings = two("https://h.example/a", "http://h.example/b");
    settings.put("root-document", "b");

    assertEquals(
        List.of("resources.b.resource"),
        problems(settings).stream().map(Problem::setting).toList());
  }

  @Test
  void L01_M12_httpNeedsTheSwitchAndTheLoopback() {
    assertEquals(
        "resource", problems(minimalWith("resource", "http://localhost/mcp")).get(0).setting());
    assertEquals(
        "resource",
        problems(minimalWith("resource", "http://h.example/mcp", "allow-http-on-loopback", "true"))
            .get(0)
            .setting());
    ResourceServerConfig config =
        read(
            map(
                "resource", "http://localhost:8080/mcp",
                "authorization-servers", "http://127.0.0.1:9000",
                "allow-http-on-loopback", "true"));
    assertEquals(List.of("allow-http-on-loopback=true"), config.relaxations());
  }

  @Test
  void AG15_httpIssuersNeedTheSwitchAndTheLoopback() {
    assertEquals(
        "authorization-servers",
        problems(minimalWith("authorization-servers", "http://127.0.0.1:9000")).get(0).setting());
    assertEquals(
        "authorization-servers",
        problems(
                minimalWith(
                    "authorization-servers", "http://as.example", "allow-http-on-loopback", "true"))
            .get(0)
            .setting());
  }
}
