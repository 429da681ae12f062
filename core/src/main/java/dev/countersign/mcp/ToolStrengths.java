package dev.countersign.mcp;

import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.spi.JsonRpcCall;
import java.util.List;
import java.util.Map;

/**
 * How the user must have logged in for single tools, by their exact name (RFC 9470). A tool without
 * a rule demands nothing beyond what every request does. Immutable.
 *
 * @param byTool the demand by the name of the tool
 */
public record ToolStrengths(Map<String, AuthenticationStrength> byTool) {

  /** No tool demands anything. */
  public static final ToolStrengths NONE = new ToolStrengths(Map.of());

  /** Copies the map. */
  public ToolStrengths {
    byTool = Map.copyOf(byTool);
  }

  /**
   * Whether there is any rule, and with it a reason to read a body.
   *
   * @return false if every tool demands the same
   */
  public boolean isEmpty() {
    return byTool.isEmpty();
  }

  /**
   * What these calls demand, each of which has to be met.
   *
   * @param calls the calls of a body
   * @return one demand for each call of a tool with a rule, in the order of the calls
   */
  public List<AuthenticationStrength> required(List<JsonRpcCall> calls) {
    if (byTool.isEmpty()) {
      return List.of();
    }
    return calls.stream()
        .filter(call -> call.method().equals("tools/call"))
        .map(call -> byTool.getOrDefault(call.name(), AuthenticationStrength.ANY))
        .filter(strength -> !strength.isAny())
        .distinct()
        .toList();
  }
}
