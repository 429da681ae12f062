package dev.countersign.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.mcp.Target;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.TokenValidator;
import dev.countersign.token.TrustedIssuer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigBuilderTest {

  private static ConfigBuilder builder() {
    return ResourceServerConfig.builder("https://mcp.example/mcp")
        .authorizationServer("https://id.example");
  }

  private static List<String> refused(ConfigBuilder builder) {
    return assertThrows(ConfigException.class, builder::build).problems().stream()
        .map(Problem::setting)
        .toList();
  }

  @Test
  void everythingCanBeSaidInCode() {
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    TokenValidator validator = (token, resource) -> new Decision.Undecided("");
    ResourceServerConfig config =
        builder()
            .authorizationServer("https://second.example")
            .requiredScopes("mcp:read")
            .announcedScopes("mcp:read", "mcp:write")
            .scopesSupported("mcp:read", "mcp:admin")
            .toolScope("delete_file", "files:write")
            .mode(Mode.REPORT_ONLY)
            .realm("mcp")
            .errorUri("https://mcp.example/errors")
            .publicPath("/health")
            .allowedOrigin("https://app.example")
            .clockSkew(Duration.ofSeconds(5))
            .maxTokenLength(4096)
            .maxBodySize(2048)
            .tokenCacheSize(1024)
            .revocations(token -> false)
            .strictCredentials(true)
            .legacyAsMirror(true)
            .allowPrivateAddresses(true)
            .allowHttpOnLoopback()
            .listener(event -> {})
            .clock(clock)
            .tokenValidator(validator)
            .build();

    ProtectedResource resource = config.resources().get(0);
    assertEquals("", resource.name());
    assertEquals(Scope.of("mcp:read"), resource.required());
    assertEquals(Scope.of("mcp:read", "mcp:write"), resource.announced());
    assertEquals(List.of("mcp:read", "mcp:admin"), resource.metadata().scopesSupported());
    assertEquals(
        Scope.of("files:write"),
        resource.policy().rules().rules().get(Target.tool("delete_file")).alternatives().get(0));
    assertEquals(2, config.issuers().size());
    assertEquals(Mode.REPORT_ONLY, config.mode());
    assertEquals("mcp", config.realm());
    assertEquals("https://mcp.example/errors", config.errorUri());
    assertEquals(Set.of("/health"), config.publicPaths());
    assertEquals(Set.of("https://app.example"), config.allowedOrigins());
    assertEquals(Duration.ofSeconds(5), config.clockSkew());
    assertEquals(4096, config.maxTokenLength());
    assertEquals(2048, config.maxBodySize());
    assertEquals(1024, config.tokenCacheSize());
    assertEquals(1, config.revocationLists().size());
    assertTrue(config.strictCredentials());
    assertTrue(config.legacyAsMirror());
    assertTrue(config.allowPrivateAddresses());
    assertTrue(config.allowHttpOnLoopback());
    assertEquals(1, config.listeners().size());
    assertSame(clock, config.clock());
    assertEquals(Optional.of(validator), config.tokenValidator());
    assertTrue(config.issuers().stream().allMatch(i -> i.privateAddresses() && i.httpOnLoopback()));
  }

  @Test
  void aBuilderCallHasNoPlace() {
    assertEquals(
        """
        setting "realm" is "a b":
          expected one plain word of at most 64 characters
        1 problem; nothing was started\
        """,
        assertThrows(ConfigException.class, () -> builder().realm("a b").build()).getMessage());
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertEquals(List.of("clock-skew"), refused(builder().clockSkew(Duration.ofNanos(-1))));
    assertEquals(
        List.of("clock-skew"), refused(builder().clockSkew(Duration.ofSeconds(Long.MAX_VALUE))));
    assertEquals(List.of("max-token-length"), refused(builder().maxTokenLength(255)));
    assertEquals(List.of("max-token-length"), refused(builder().maxTokenLength(65537)));
    assertEquals(List.of("max-body-size"), refused(builder().maxBodySize(67108865)));
    assertEquals(List.of("max-body-size"), refused(builder().maxBodySize(-1)));
    assertEquals(List.of("body-memory"), refused(builder().bodyMemory(1_048_575)));
    assertEquals(
        List.of("body-memory"), refused(builder().bodyMemory(2_000_000).maxBodySize(2_000_001)));
    assertEquals(List.of("token-cache-size"), refused(builder().tokenCacheSize(-1)));
    assertEquals(List.of("required-scopes"), refused(builder().requiredScopes()));
    assertEquals(List.of("required-scopes"), refused(builder().requiredScopes("a", "")));
    assertEquals(List.of("scopes.tool."), refused(builder().toolScope("", "a")));
  }

  @Test
  void J38_J41_anIssuerCanHaveItsOwnRules() {
    ConfigBuilder builder = builder();
    builder
        .issuer("other")
        .issuer("https://other.example")
        .scopeClaims(List.of("permissions"))
        .clientIdClaims(List.of("cid"))
        .maximumAge(Duration.ofHours(1))
        .exclusiveAudience(true)
        .acceptPlainJwt(true)
        .audienceAliases(List.of("api://x"));

    TrustedIssuer other = builder.build().issuers().get(1);

    assertEquals(List.of("permissions"), other.scopeClaims());
    assertEquals(List.of("cid"), other.clientIdClaims());
    assertEquals(Duration.ofHours(1), other.maximumAge());
    assertTrue(other.exclusiveAudience());
    assertTrue(other.acceptPlainJwt());
    assertEquals(Set.of("api://x"), other.audienceAliases());
  }

  @Test
  void J36_theSkewIsSmallByDefault() {
    assertEquals(Duration.ofSeconds(30), builder().build().clockSkew());
  }

  @Test
  void J32_everyRelaxationIsShown() {
    ConfigBuilder builder =
        builder()
            .mode(Mode.REPORT_ONLY)
            .allowHttpOnLoopback()
            .allowPrivateAddresses(true)
            .publicPath("/health")
            .allowedOrigin("null");
    builder.commonIssuer().acceptPlainJwt(true).audienceAliases(List.of("api://x", "y"));
    ResourceServerConfig config = builder.build();

    assertEquals(
        List.of(
            "mode=report-only (nothing is protected)",
            "allow-http-on-loopback=true",
            "allow-private-addresses=true",
            "public-paths=/health",
            "allowed-origins=null",
            "accept-plain-jwt=true for https://id.example",
            "audience-aliases=api://x,y for https://id.example"),
        config.relaxations());
    assertEquals(
        "ResourceServerConfig[resources=[https://mcp.example/mcp], issuers=[https://id.example],"
            + " relaxations="
            + config.relaxations()
            + "]",
        config.toString());
  }

  @Test
  void aStrictConfigurationShowsNoRelaxation() {
    assertEquals(
        "ResourceServerConfig[resources=[https://mcp.example/mcp], issuers=[https://id.example],"
            + " relaxations=[]]",
        builder().allowedOrigin("https://app.example").build().toString());
  }

  @Test
  void CA13_whatWasBuiltCannotBeChangedByTheBuilder() {
    ConfigBuilder builder = builder();
    ResourceServerConfig config = builder.build();

    builder.publicPath("/health").allowedOrigin("https://a.example").listener(event -> {});
    builder.toolScope("x", "y").authorizationServer("https://b.example");

    assertEquals(Set.of(), config.publicPaths());
    assertEquals(Set.of(), config.allowedOrigins());
    assertEquals(List.of(), config.listeners());
    assertEquals(1, config.issuers().size());
    assertTrue(config.resources().get(0).policy().rules().isEmpty());
  }

  @Test
  void AG30_refusesNull() {
    assertThrows(NullPointerException.class, () -> builder().listener(null));
    assertThrows(NullPointerException.class, () -> builder().clock(null));
    assertThrows(NullPointerException.class, () -> builder().mode(null));
    assertThrows(NullPointerException.class, () -> builder().tokenValidator(null));
  }

  @Test
  void refusesWhatAMetadataStepRefuses() {
    ConfigBuilder builder = builder();
    builder.primaryResource().metadata(metadata -> metadata.jwksUri("http://x.example"));

    assertEquals(List.of("resource"), refused(builder));
  }

  @Test
  void T21_hidesAPasswordBeforeAHost() {
    String message =
        assertThrows(
                ConfigException.class,
                () ->
                    ResourceServerConfig.builder("https://user:s3cr3t@mcp.example/mcp")
                        .authorizationServer("https://user:s3cr3t@id.example")
                        .build())
            .getMessage();

    assertFalse(message.contains("s3cr3t"), message);
    assertTrue(message.contains("\"https://[hidden]@mcp.example/mcp\""), message);
  }

  @Test
  void LG3_writesNoControlCharacter() {
    Problem problem = new Problem("a\nb", "c\r\u2028\u001Bd\u202Ee", "", "f");

    assertEquals("setting \"a?b\" is \"c???d?e\":\n  f", problem.toString());
    assertEquals(
        "setting \"a\" is \"" + "b".repeat(200) + "…\" (x):\n  f",
        new Problem("a", "b".repeat(300), "x", "f").toString());
  }
}
