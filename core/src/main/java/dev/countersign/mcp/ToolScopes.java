package dev.countersign.mcp;

import dev.countersign.oauth.Scope;
import dev.countersign.spi.JsonRpcCall;
import dev.countersign.spi.ScopePolicy;
import java.util.List;
import java.util.Map;

/**
 * What single tools need: scopes by the exact name of a tool. A tool without a rule needs nothing
 * beyond what every request needs. Immutable.
 *
 * @param byTool the scope by the name of the tool
 */
public record ToolScopes(Map<String, Scope> byTool) implements ScopePolicy {

  /** Copies the map. */
  public ToolScopes {
    byTool = Map.copyOf(byTool);
  }

  /**
   * Whether there is any rule, and with it a reason to read a body.
   *
   * @return false if every tool needs the same
   */
  public boolean isEmpty() {
    return byTool.isEmpty();
  }

  @Override
  public Scope required(List<JsonRpcCall> calls) {
    if (byTool.isEmpty()) {
      return Scope.NONE;
    }
    Scope all = Scope.NONE;
    for (JsonRpcCall call : calls) {
      if (call.method().equals("tools/call")) {
        all = all.and(byTool.getOrDefault(call.name(), Scope.NONE));
      }
    }
    return all;
  }
}
