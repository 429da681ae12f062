package dev.countersign.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.mcp.Requirement;
import dev.countersign.mcp.Target;
import dev.countersign.mcp.Unlisted;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of settings, of code and of a file, together. */
class PolicyConfigTest {

  @TempDir private Path folder;

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static ConfigBuilder builder(String... settings) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("resource", "https://mcp.example/mcp");
    all.put("authorization-servers", "https://id.example");
    for (int at = 0; at < settings.length; at += 2) {
      all.put(settings[at], settings[at + 1]);
    }
    return ResourceServerConfig.builder(List.of(SettingSource.of("test", all)));
  }

  private static List<Problem> problems(ConfigBuilder builder) {
    return assertThrows(ConfigException.class, builder::build).problems();
  }

  private static ProtectedResource resource(ConfigBuilder builder) {
    return builder.build().resources().get(0);
  }

  @Test
  void SC15_twoRulesForTheSameThatDifferAreAnError() throws IOException {
    String file = file("p.json", "{\"tools\":{\"t\":\"a\"},\"unlisted\":{\"tools\":\"deny\"}}");
    assertEquals(
        List.of(
            new Problem("scopes.tool.t", "b", "", "expected one rule, but there is another: a")),
        problems(tool(builder("scopes.tool.t", "a"), Requirement.allOf("b"))));
    assertEquals(
        List.of(
            new Problem(
                "policy#/tools/t",
                "a",
                "file " + file,
                "expected one rule, but settings or code have another: b"),
            new Problem(
                "policy#/unlisted/tools",
                "deny",
                "file " + file,
                "expected one rule, but settings or code have another: allow")),
        problems(builder("policy", file, "scopes.tool.t", "b", "unlisted-tools", "allow")));
    assertEquals(1, problems(tool(builder("policy", file), Requirement.DENIED)).size());
    assertEquals(1, problems(builder("policy", file, "acr-values.tool.t", "2")).size());
  }

  private static ConfigBuilder tool(ConfigBuilder builder, Requirement requirement) {
    builder.primaryResource().rule(Target.tool("t"), requirement);
    return builder;
  }

  @Test
  void SC15_twoRulesThatSayTheSameAreOne() throws IOException {
    String file = file("p.yml", "tools: {t: a, u: b}");
    ConfigBuilder builder = builder("policy", file, "scopes.tool.t", "a", "unlisted-tools", "deny");

    assertEquals(
        Map.of(Target.tool("t"), Requirement.allOf("a"), Target.tool("u"), Requirement.allOf("b")),
        resource(tool(builder, Requirement.allOf("a"))).policy().rules().rules());
  }

  @Test
  void U07_theScopesOfRulesAreListedForClients() throws IOException {
    String file = file("p.json", "{\"tools\":{\"t\":\"c | d\"},\"scope-implies\":{\"x\":\"c\"}}");

    assertEquals(
        List.of("r", "a", "b", "c", "d"),
        resource(builder("policy", file, "required-scopes", "r", "scopes.tool.u", "a | b"))
            .metadata()
            .scopesSupported());
  }

  @Test
  void codeCanDoWhatSettingsCan() {
    ConfigBuilder builder = builder();
    AuthenticationStrength login =
        new AuthenticationStrength(List.of("2"), Optional.of(Duration.ofMinutes(5)));
    builder
        .primaryResource()
        .rule(Target.tool("t").with("a", 1), Requirement.allOf("a").with(login))
        .rule(Target.prompt("p"), Requirement.NOTHING.with(login))
        .unlisted(Target.Kind.METHOD, Unlisted.ALLOW)
        .scopeImplies("b", "a")
        .concealRules(true);

    var rules = resource(builder).policy().rules();
    assertEquals(
        Map.of(
            Target.tool("t").with("a", 1), Requirement.allOf("a").with(login),
            Target.prompt("p"), Requirement.NOTHING.with(login)),
        rules.rules());
    assertEquals(Map.of(Target.Kind.METHOD, Unlisted.ALLOW), rules.unlisted());
    assertEquals(Map.of("b", Scope.of("a")), rules.implied());
    assertTrue(rules.concealed());
  }

  @Test
  void CL37_aCycleOfScopesIsAnError() {
    assertEquals(
        List.of("the scope a implies itself"),
        problems(builder("scope-implies.a", "b", "scope-implies.b", "a")).stream()
            .map(Problem::expectation)
            .toList());
  }

  @Test
  void SC6_aTieIsAnError() throws IOException {
    String file =
        file("p.json", "{\"resources\":{\"db://{h}/secret\":\"a\",\"db://public/{t}\":\"b\"}}");

    List<Problem> problems = problems(builder("policy", file));

    assertEquals(1, problems.size());
    assertTrue(
        problems.get(0).expectation().endsWith("expected a rule for db://public/secret"),
        problems::toString);
  }

  @Test
  void everyFaultOfAFileIsSaidWithItsPlace() throws IOException {
    String file =
        file(
            "p.json",
            "{\"tool\":{},\"tools\":{\"a/b\":\"offline_access\",\"c\":\"x,y\","
                + "\"d\":{\"max-age\":\"P400D\"},\"e\":{\"acr-values\":\"a,b\"}}}");

    assertEquals(
        List.of(
            "policy#/tool",
            "policy#/tools/a~1b",
            "policy#/tools/c",
            "policy#/tools/d",
            "policy#/tools/e"),
        problems(builder("policy", file)).stream().map(Problem::setting).toList());
    problems(builder("policy", file))
        .forEach(problem -> assertEquals("file " + file, problem.place()));
  }

  @Test
  void anotherEndingAndAMissingFileAreErrors() throws IOException {
    for (String file :
        List.of(file("p.txt", "{}"), folder.resolve("no.json").toString(), "a\0.json")) {
      Problem problem = problems(builder("policy", file)).get(0);
      assertEquals("policy", problem.setting());
      assertEquals(
          "expected a readable file that ends in .json, .yaml or .yml", problem.expectation());
    }
  }

  @Test
  void everyResourceHasAPolicyOfItsOwn() throws IOException {
    ResourceServerConfig config =
        builder(
                "resources.b.resource",
                "https://mcp.example/b",
                "resources.b.policy",
                file("p.json", "{\"tools\":{\"t\":\"a\"}}"))
            .build();

    assertTrue(config.resources().get(0).policy().rules().isEmpty());
    assertEquals(1, config.resources().get(1).policy().rules().rules().size());
  }

  @Test
  void U24_aLoginThatTheResourceRulesOutIsAnError() {
    assertEquals(
        List.of("acr-values.tool.t"),
        problems(builder("acr-values", "1", "acr-values.tool.t", "2")).stream()
            .map(Problem::setting)
            .toList());
    assertEquals(
        "2",
        resource(builder("acr-values", "1 2", "acr-values.tool.t", "2"))
            .policy()
            .rules()
            .rules()
            .get(Target.tool("t"))
            .login()
            .acrValues()
            .get(0));
  }

  @Test
  void manyScopesAreNoProblemUnlessOneChallengeHasToNameThem() {
    ConfigBuilder many = builder();
    for (int tool = 0; tool < 500; tool++) {
      many.toolScope("t" + tool, "scope:of:tool:" + tool);
    }
    assertEquals(500, resource(many).policy().rules().rules().size());

    List<Problem> problems = problems(builder("scopes.tool.t", "a".repeat(2000)));
    assertTrue(problems.get(0).expectation().contains("at most 2048"), problems::toString);
  }
}
