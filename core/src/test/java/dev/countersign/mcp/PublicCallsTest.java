package dev.countersign.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.spi.JsonRpcCall;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublicCallsTest {

  private static final PublicCalls CALLS =
      new PublicCalls(Set.of("initialize", "tools/list"), Set.of("search"));

  private static JsonRpcCall call(String method, String name) {
    return new JsonRpcCall(method, name);
  }

  private static boolean covers(JsonRpcCall... calls) {
    return CALLS.coverAll(List.of(calls));
  }

  @Test
  void K14_coversExactNamesOnly() {
    assertTrue(covers(call("tools/list", "")));
    assertTrue(covers(call("tools/call", "search")));
    for (String method : List.of("tools/List", "tools/list ", "tools", "ping", "", "search")) {
      assertFalse(covers(call(method, "")), method);
    }
    for (String tool : List.of("Search", "search ", "searchx", "", "initialize")) {
      assertFalse(covers(call("tools/call", tool)), tool);
    }
    assertFalse(covers(call("prompts/get", "search")));
  }

  @Test
  void K14_coversABodyOnlyAsAWhole() {
    assertFalse(covers());
    assertTrue(covers(call("tools/list", ""), call("tools/call", "search")));
    assertFalse(covers(call("tools/list", ""), call("tools/call", "delete")));
  }

  @Test
  void leavesOutWhatIsPublic() {
    JsonRpcCall other = call("tools/call", "delete");
    assertEquals(List.of(other), CALLS.leaveOut(List.of(call("tools/call", "search"), other)));
    List<JsonRpcCall> all = List.of(other);
    assertEquals(all, PublicCalls.NONE.leaveOut(all));
    assertTrue(PublicCalls.NONE.isEmpty());
    assertFalse(CALLS.isEmpty());
  }
}
