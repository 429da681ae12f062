package dev.countersign.mcp;

import java.util.Map;

/** Where a JSON-RPC message of MCP says what it calls. */
final class JsonRpcName {

  private static final Map<String, String> MEMBER_BY_METHOD =
      Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");

  private JsonRpcName() {}

  static String of(Map<?, ?> message) {
    String member =
        MEMBER_BY_METHOD.get(message.get("method") instanceof String method ? method : "");
    return member != null
            && message.get("params") instanceof Map<?, ?> params
            && params.get(member) instanceof String name
        ? name
        : "";
  }

  /**
   * A call that has to name something names it by a string; anything else could be read in two
   * ways.
   */
  static boolean isPlausible(Map<?, ?> message) {
    String member =
        MEMBER_BY_METHOD.get(message.get("method") instanceof String method ? method : "");
    return member == null
        || (message.get("params") instanceof Map<?, ?> params
            && params.get(member) instanceof String);
  }
}
