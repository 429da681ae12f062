package dev.countersign.mcp;

import dev.countersign.spi.JsonRpcCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lists of an MCP server: where their elements stand, and how one of them is used. */
enum ListKind {
  TOOLS("tools/list", "tools", "name", "tools/call", "name"),
  PROMPTS("prompts/list", "prompts", "name", "prompts/get", "name"),
  RESOURCES("resources/list", "resources", "uri", "resources/read", "uri"),
  TEMPLATES(
      "resources/templates/list", "resourceTemplates", "uriTemplate", "resources/read", "uri");

  static final List<ListKind> ALL = List.of(values());

  final String method;
  final String member;
  private final String name;
  private final String use;
  private final String param;

  ListKind(String method, String member, String name, String use, String param) {
    this.method = method;
    this.member = member;
    this.name = name;
    this.use = use;
    this.param = param;
  }

  static Optional<ListKind> of(String method) {
    return ALL.stream().filter(kind -> kind.method.equals(method)).findFirst();
  }

  /** The use of an element; empty if it has no name. */
  Optional<JsonRpcCall> use(Object element) {
    return element instanceof Map<?, ?> members && members.get(name) instanceof String named
        ? Optional.of(new JsonRpcCall(use, named, Map.of(param, named)))
        : Optional.empty();
  }
}
