package dev.countersign.mcp;

import static dev.countersign.mcp.Policies.FORBIDDEN;
import static dev.countersign.mcp.Policies.PERMITTED;
import static dev.countersign.mcp.Policies.call;
import static dev.countersign.mcp.Policies.lacking;
import static dev.countersign.mcp.Policies.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.internal.Json;
import dev.countersign.spi.JsonRpcCall;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentRulesTest {

  private static final Target QUERY = Target.tool("query");

  @Test
  void BP35_comparesValuesWithTheirTypes() {
    Policies rules =
        policy()
            .rule(QUERY.with("level", 1), "one")
            .rule(QUERY, "other")
            .rule(Target.tool("flag").with("on", true), "a")
            .rule(Target.tool("text").with("name", "1"), "b");

    for (Object same : List.of(1L, new BigDecimal("1.0"), new BigDecimal("1E0"))) {
      assertEquals(lacking("mcp one"), rules.judge("mcp", call("query", Map.of("level", same))));
    }
    assertEquals(lacking("mcp other"), rules.judge("mcp", call("query", Map.of("level", 2L))));
    for (Object other : List.of("1", true, Json.NULL, List.of(1L), Map.of("a", 1L))) {
      assertEquals(FORBIDDEN, rules.judge("mcp one other", call("query", Map.of("level", other))));
    }
    assertEquals(PERMITTED, rules.judge("mcp a", call("flag", Map.of("on", true))));
    assertEquals(FORBIDDEN, rules.judge("mcp a", call("flag", Map.of("on", "true"))));
    assertEquals(FORBIDDEN, rules.judge("mcp a", call("flag", Map.of("on", false))));
    assertEquals(FORBIDDEN, rules.judge("mcp b", call("text", Map.of("name", 1L))));
  }

  @Test
  void BP35_aMissingArgumentIsDenied() {
    Policies rules = policy().rule(QUERY.with("db", "public"), "none").rule(QUERY, "other");

    assertEquals(FORBIDDEN, rules.judge("mcp other", call("query", Map.of("DB", "public"))));
    assertEquals(FORBIDDEN, rules.judge("mcp other", call("query")));
    assertEquals(
        FORBIDDEN,
        rules.judge(
            "mcp other",
            new JsonRpcCall("tools/call", "query", Map.of("arguments", List.of("public")))));
    assertEquals(PERMITTED, rules.judge("mcp", call("query", Map.of("db", "public", "x", 1L))));
  }

  @Test
  void SC6_moreArgumentsAreMoreSpecial() {
    Policies rules =
        policy()
            .rule(QUERY, "any")
            .rule(QUERY.with("db", "secret"), "secret")
            .rule(QUERY.with("db", "secret").with("mode", "write"), "deny");

    assertEquals(
        FORBIDDEN,
        rules.judge("mcp any secret", call("query", Map.of("db", "secret", "mode", "write"))));
    assertEquals(
        lacking("mcp secret"),
        rules.judge("mcp any", call("query", Map.of("db", "secret", "mode", "read"))));
    assertEquals(
        lacking("mcp any"), rules.judge("mcp", call("query", Map.of("db", "x", "mode", "write"))));
  }

  @Test
  void SC6_betweenArgumentsOfTheSameRankNothingIsAllowed() {
    Policies rules =
        policy()
            .rule(QUERY.with("a", 1), "none")
            .rule(QUERY.with("b", 1), "none")
            .tool("x", "none");

    assertEquals(FORBIDDEN, rules.judge("mcp", call("query", Map.of("a", 1L, "b", 1L))));
    assertEquals(PERMITTED, rules.judge("mcp", call("query", Map.of("a", 1L, "b", 2L))));
    assertEquals(1, PolicyConflicts.of(rules.rules()).size());
  }

  @Test
  void SC4_aValueWithoutARuleIsDeniedWhereTheToolHasNone() {
    Policies rules =
        policy()
            .rule(QUERY.with("db", "public"), "none")
            .unlisted(Target.Kind.TOOL, Unlisted.ALLOW);

    assertEquals(FORBIDDEN, rules.judge("mcp", call("query", Map.of("db", "secret"))));
    assertEquals(PERMITTED, rules.judge("mcp", call("other", Map.of("db", "secret"))));
  }

  @Test
  void onlyToolsHaveArgumentsAndOnlyPlainValuesAreCompared() {
    assertThrows(IllegalArgumentException.class, () -> Target.prompt("p").with("a", "b"));
    assertThrows(IllegalArgumentException.class, () -> QUERY.with("a", List.of()));
    assertEquals(QUERY.with("a", 0), QUERY.with("a", new BigDecimal("0.00")));
  }
}
