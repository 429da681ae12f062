package dev.countersign.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.Scope;
import dev.countersign.spi.JsonRpcCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolScopesTest {

  private static final ToolScopes RULES =
      new ToolScopes(
          Map.of("delete", Scope.of("files:write", "files:read"), "read", Scope.of("files:read")));

  private static JsonRpcCall tool(String name) {
    return new JsonRpcCall("tools/call", name);
  }

  private static String required(JsonRpcCall... calls) {
    return RULES.required(List.of(calls)).toString();
  }

  @Test
  void U01_asksForEveryScopeOfATool() {
    assertEquals("files:write files:read", required(tool("delete")));
  }

  @Test
  void U17_asksForTheScopesOfAllCallsTogether() {
    assertEquals("files:read files:write", required(tool("read"), tool("none"), tool("delete")));
  }

  @Test
  void U06_asksForTheSameInTheSameOrder() {
    String first = required(tool("delete"), tool("read"));

    for (int run = 0; run < 20; run++) {
      assertEquals(first, required(tool("delete"), tool("read")));
    }
  }

  @Test
  void comparesMethodAndNameExactly() {
    assertEquals("", required(new JsonRpcCall("tools/Call", "delete")));
    assertEquals("", required(new JsonRpcCall("prompts/get", "delete")));
    assertEquals("", required(tool("Delete"), tool("delete "), tool("")));
  }

  @Test
  void asksForNothingMoreWhereThereIsNoRule() {
    assertEquals(Scope.NONE, RULES.required(List.of(tool("other"))));
    assertEquals(Scope.NONE, RULES.required(List.of()));
    assertTrue(new ToolScopes(Map.of()).isEmpty());
    assertFalse(RULES.isEmpty());
  }

  @Test
  void copiesItsRules() {
    Map<String, Scope> rules = new HashMap<>();
    ToolScopes scopes = new ToolScopes(rules);

    rules.put("a", Scope.of("b"));

    assertTrue(scopes.isEmpty());
  }
}
