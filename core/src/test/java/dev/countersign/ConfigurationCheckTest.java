package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.spi.Finding;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfigurationCheckTest {

  private static List<Finding> findings(Consumer<ConfigBuilder> more) {
    ConfigBuilder builder =
        ResourceServerConfig.builder("https://mcp.example/mcp")
            .authorizationServer("https://id.example")
            .requiredScopes("mcp:read");
    more.accept(builder);
    ResourceServerConfig config = builder.build();
    return ConfigurationCheck.findings(config, new Answers(config));
  }

  private static void assertOnly(String id, String text, List<Finding> findings) {
    assertEquals(List.of(id), findings.stream().map(Finding::id).toList(), findings::toString);
    assertEquals(Finding.Level.WARNING, findings.get(0).level());
    assertTrue(findings.get(0).text().startsWith("https://mcp.example/mcp: " + text), id);
  }

  @Test
  void findsNothingInACommonConfiguration() {
    assertEquals(List.of(), findings(config -> {}));
  }

  @Test
  void C38_U08_findsALongChallenge() {
    String[] scopes = IntStream.range(0, 33).mapToObj(at -> "s" + at).toArray(String[]::new);
    assertOnly("D13", "the challenge has ", findings(config -> config.announcedScopes(scopes)));
    assertOnly(
        "D13",
        "the challenge has ",
        findings(config -> config.announcedScopes("x".repeat(800), "y".repeat(800))));
  }

  @Test
  void M02_M72_findsSeveralAuthorizationServers() {
    assertOnly(
        "D24",
        "2 authorization servers",
        findings(config -> config.authorizationServer("https://other.example")));
  }

  @Test
  void M34_findsScopesOfIdentity() {
    assertOnly(
        "D45",
        "email is no scope",
        findings(config -> config.scopesSupported("mcp:read", "email")));
    assertOnly(
        "D45",
        "openid is no scope",
        findings(config -> config.announcedScopes("mcp:read", "openid")));
  }
}
