package dev.countersign.mcp;

import dev.countersign.spi.JsonRpcCall;
import java.util.List;
import java.util.Set;

/**
 * The calls that need no access token, by their exact names. Immutable.
 *
 * @param methods the methods; never {@code tools/call}
 * @param tools the tools whose calls are public
 */
public record PublicCalls(Set<String> methods, Set<String> tools) {

  /** Everything needs a token. */
  public static final PublicCalls NONE = new PublicCalls(Set.of(), Set.of());

  private static final String TOOL_CALL = "tools/call";

  /** Copies the sets. */
  public PublicCalls {
    methods = Set.copyOf(methods);
    tools = Set.copyOf(tools);
  }

  /**
   * Whether everything needs a token.
   *
   * @return true for {@link #NONE}
   */
  public boolean isEmpty() {
    return methods.isEmpty() && tools.isEmpty();
  }

  /**
   * Whether a body may pass without a token.
   *
   * @param calls the messages of the body
   * @return true if there is one, and each is public; a response of the client never is
   */
  public boolean coverAll(List<JsonRpcCall> calls) {
    return !calls.isEmpty() && calls.stream().allMatch(this::covers);
  }

  /**
   * The messages for which rules about scopes hold.
   *
   * @param calls the messages of a body
   * @return those that are not public
   */
  public List<JsonRpcCall> leaveOut(List<JsonRpcCall> calls) {
    return isEmpty() ? calls : calls.stream().filter(call -> !covers(call)).toList();
  }

  private boolean covers(JsonRpcCall call) {
    return call.method().equals(TOOL_CALL)
        ? tools.contains(call.name())
        : methods.contains(call.method());
  }
}
