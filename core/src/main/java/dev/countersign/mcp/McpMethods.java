package dev.countersign.mcp;

import dev.countersign.spi.JsonRpcCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What clients can ask of an MCP server, in any revision, and what a request is about. */
final class McpMethods {

  private static final Set<String> KNOWN =
      Set.of(
          "initialize",
          "ping",
          "server/discover",
          "tools/list",
          "tools/call",
          "prompts/list",
          "prompts/get",
          "resources/list",
          "resources/templates/list",
          "resources/read",
          "resources/subscribe",
          "resources/unsubscribe",
          "subscriptions/listen",
          "completion/complete",
          "logging/setLevel",
          "tasks/get",
          "tasks/list",
          "tasks/result",
          "tasks/update",
          "tasks/cancel",
          "notifications/initialized",
          "notifications/cancelled",
          "notifications/progress",
          "notifications/roots/list_changed",
          "notifications/tasks/status");

  private McpMethods() {}

  static boolean isKnown(String method) {
    return KNOWN.contains(method);
  }

  /**
   * The tool, the prompt, or the resources that a call is about.
   *
   * @return none if the method names nothing; a name that is missing or no string is empty, which
   *     no rule is for
   */
  static List<Target> subjects(JsonRpcCall call) {
    return switch (call.method()) {
      case "tools/call" -> List.of(Target.tool(text(call.params(), "name", call.name())));
      case "prompts/get" -> List.of(Target.prompt(text(call.params(), "name", call.name())));
      case "resources/read", "resources/subscribe", "resources/unsubscribe" ->
          List.of(Target.resource(text(call.params(), "uri", call.name())));
      case "completion/complete" -> completed(call.params().get("ref"));
      case "subscriptions/listen" -> listenedTo(call.params().get("notifications"));
      default -> List.of();
    };
  }

  private static String text(Map<?, ?> params, String member, String known) {
    return known.isEmpty() && params.get(member) instanceof String text ? text : known;
  }

  private static List<Target> completed(@Nullable Object reference) {
    if (reference instanceof Map<?, ?> members) {
      if ("ref/prompt".equals(members.get("type"))) {
        return List.of(Target.prompt(text(members, "name", "")));
      }
      if ("ref/resource".equals(members.get("type"))) {
        return List.of(Target.resource(text(members, "uri", "")));
      }
    }
    // Whatever the application takes it for.
    return List.of(Target.prompt(""), Target.resource(""));
  }

  private static List<Target> listenedTo(@Nullable Object notifications) {
    List<Target> resources = new ArrayList<>();
    Object uris =
        notifications instanceof Map<?, ?> members ? members.get("resourceSubscriptions") : null;
    if (uris instanceof List<?> list) {
      list.forEach(uri -> resources.add(Target.resource(uri instanceof String text ? text : "")));
    } else if (uris != null) {
      resources.add(Target.resource(""));
    }
    return resources;
  }
}
