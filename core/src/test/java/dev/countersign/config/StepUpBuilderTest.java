package dev.countersign.config;

import static dev.countersign.config.Reading.minimalWith;
import static dev.countersign.config.Reading.problem;
import static dev.countersign.config.Reading.problems;
import static dev.countersign.config.Reading.read;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.mcp.StepUp;
import dev.countersign.mcp.StepUpStrategy;
import dev.countersign.oauth.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepUpBuilderTest {

  private static StepUp stepUp(String... settings) {
    return read(minimalWith(settings)).resources().get(0).stepUp();
  }

  @Test
  void knowsEveryScopeOfTheConfigurationThatAChallengeCanName() {
    StepUp stepUp =
        stepUp(
            "required-scopes", "a",
            "announced-scopes", "a b",
            "scopes-supported", "c d,e",
            "scopes.tool.x", "f",
            "step-up", "related",
            "scope-groups.g", "g a");

    assertEquals(Scope.of("b", "a", "f", "c", "g"), stepUp.known());
    assertEquals(List.of(Scope.of("g", "a")), stepUp.groups());
    assertEquals(StepUpStrategy.RELATED, stepUp.strategy());
  }

  @Test
  void aGroupIsOfScopesThatAChallengeCanName() {
    assertEquals(
        List.of(problem("scope-groups.g", "a,b", "scope has , at 1, which some clients misread")),
        problems(minimalWith("step-up", "related", "scope-groups.g", "a,b")));
  }

  @Test
  void groupsAndTheirStrategyBelongTogether() {
    assertEquals(
        List.of(
            problem("step-up", "related", "expected one or more scope-groups.NAME beside related")),
        problems(minimalWith("step-up", "related")));
    assertEquals(
        List.of(
            problem("step-up", "operation", "expected related: nothing else uses scope-groups.*")),
        problems(minimalWith("step-up", "operation", "scope-groups.g", "a")));
  }

  @Test
  void everyResourceHasItsOwn() {
    ResourceServerConfig config =
        read(
            minimalWith(
                "resources.b.resource",
                "https://mcp.example/b",
                "resources.b.step-up",
                "operation",
                "resources.b.public-methods",
                "ping"));

    assertEquals(StepUpStrategy.AUTO, config.resources().get(0).stepUp().strategy());
    assertEquals(StepUpStrategy.OPERATION, config.resources().get(1).stepUp().strategy());
    assertEquals(List.of("public-methods=ping for b"), config.relaxations());
  }

  @Test
  void K14_SC15_refusesAPublicToolThatHasARule() {
    String expected = "expected no rule for it: it is public, or it needs a token";
    assertEquals(
        List.of(problem("public-tools", "x", expected)),
        problems(minimalWith("public-tools", "x,y", "scopes.tool.x", "a")));
    assertEquals(
        List.of(problem("public-tools", "y", expected)),
        problems(minimalWith("public-tools", "x,y", "max-age.tool.y", "PT1M")));
    assertEquals(
        List.of(problem("public-methods", "prompts/list", expected)),
        problems(minimalWith("public-methods", "prompts/list", "scopes.method.prompts/list", "a")));
    assertEquals(
        List.of(problem("resources.b.public-tools", "x", expected)),
        problems(
            minimalWith(
                "resources.b.resource", "https://mcp.example/b",
                "resources.b.public-tools", "x",
                "resources.b.acr-values.tool.x", "2")));
  }
}
