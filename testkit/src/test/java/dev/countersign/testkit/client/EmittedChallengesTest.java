package dev.countersign.testkit.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.Challenge;
import dev.countersign.http.ChallengeLint;
import dev.countersign.http.Challenges;
import dev.countersign.http.Finding;
import dev.countersign.http.LintCode;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import dev.countersign.testkit.RecordingExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every challenge that the engine can emit, read by every client. */
class EmittedChallengesTest {

  private static final String ORIGIN = "https://mcp.example.com";

  private record Emitted(String situation, List<String> fieldLines) {}

  private static Stream<ConfigBuilder> configurations() {
    return Stream.of(
        ResourceServerConfig.builder(ORIGIN + "/mcp"),
        ResourceServerConfig.builder(ORIGIN),
        ResourceServerConfig.builder(ORIGIN + "/a/b/mcp").requiredScopes("mcp:read"),
        ResourceServerConfig.builder(ORIGIN + "/mcp")
            .requiredScopes("mcp:read", "https://api.example.com/files.read")
            .realm("mcp"),
        ResourceServerConfig.builder(ORIGIN + "/mcp")
            .announcedScopes("a", "b", "c")
            .errorUri("https://example.com/help"));
  }

  static Stream<Emitted> emitted() {
    List<Emitted> all = new ArrayList<>();
    for (ConfigBuilder configuration : configurations().toList()) {
      configuration.authorizationServer("https://id.example.com");
      Arrays.stream(Denial.values())
          .filter(Denial::challenges)
          .forEach(why -> all.add(refusal(configuration, why)));
    }
    return all.stream();
  }

  private static Emitted refusal(ConfigBuilder configuration, Denial why) {
    Scope needed = why.status() == 403 ? Scope.of("files:read", "files:write") : Scope.NONE;
    configuration.tokenValidator((token, resource) -> new Decision.Denied(why, needed, ""));
    RecordingExchange exchange = RecordingExchange.of("POST", "/mcp");
    if (why != Denial.NO_CREDENTIALS) {
      exchange.bearer("a.b.c");
    }
    try (ResourceServer engine = ResourceServer.create(configuration.build())) {
      engine.admit(exchange);
    } catch (IOException e) {
      throw new IllegalStateException("a recording exchange does not fail", e);
    }
    return new Emitted(why.name(), exchange.response().orElseThrow().values("WWW-Authenticate"));
  }

  @ParameterizedTest
  @MethodSource("emitted")
  void C31_C32_C33_C34_C35_C36_C37_isUnderstoodByEveryClient(Emitted emitted) {
    Challenge meant = Challenges.parse(emitted.fieldLines()).get(0);

    List<ClientParser> misled =
        Arrays.stream(ClientParser.values())
            .filter(client -> !client.understands(emitted.fieldLines(), meant))
            .toList();

    assertEquals(List.of(), misled, emitted::toString);
    assertTrue(emitted.fieldLines().get(0).startsWith("Bearer "), emitted::toString);
  }

  @ParameterizedTest
  @MethodSource("emitted")
  void P19_hasNothingForTheLinterToFindButWhereNoScopeIsConfigured(Emitted emitted) {
    ChallengeLint lint =
        emitted.situation().equals("NO_CREDENTIALS")
            ? ChallengeLint.withoutToken(ORIGIN)
            : ChallengeLint.withToken(ORIGIN);

    List<LintCode> findings =
        lint.check(emitted.fieldLines()).stream()
            .map(Finding::code)
            .filter(code -> code != LintCode.MISSING_SCOPE)
            .toList();
    assertEquals(List.of(), findings, emitted::toString);
  }
}
