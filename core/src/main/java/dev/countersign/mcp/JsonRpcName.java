package dev.countersign.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the params of a JSON-RPC message of MCP say what is called. */
final class JsonRpcName {

  private static final Map<String, String> MEMBER_BY_METHOD =
      Map.ofEntries(
          Map.entry("tools/call", "name"),
          Map.entry("prompts/get", "name"),
          Map.entry("resources/read", "uri"),
          Map.entry("resources/subscribe", "uri"),
          Map.entry("resources/unsubscribe", "uri"),
          Map.entry("tasks/get", "taskId"),
          Map.entry("tasks/result", "taskId"),
          Map.entry("tasks/update", "taskId"),
          Map.entry("tasks/cancel", "taskId"));

  private JsonRpcName() {}

  /**
   * What a message calls.
   *
   * @return the name, empty for a method that has none; nothing if the method has to name something
   *     and does not do so by a text: anything else could be read in two ways
   */
  static Optional<String> of(String method, Map<?, ?> params) {
    String member = MEMBER_BY_METHOD.get(method);
    if (member != null) {
      return text(params.get(member));
    }
    return method.equals("completion/complete") ? ofReference(params.get("ref")) : Optional.of("");
  }

  // A prompt or a template of resources, whose arguments are to be completed.
  private static Optional<String> ofReference(@Nullable Object reference) {
    if (!(reference instanceof Map<?, ?> ref) || !(ref.get("type") instanceof String type)) {
      return Optional.empty();
    }
    return switch (type) {
      case "ref/prompt" -> text(ref.get("name"));
      case "ref/resource" -> text(ref.get("uri"));
      default -> Optional.empty();
    };
  }

  /**
   * The resources whose changes a {@code subscriptions/listen} asks for.
   *
   * @return their URIs, in the order of the text; nothing if they are not a list of texts
   */
  static Optional<List<String>> listenedTo(Map<?, ?> params) {
    if (!params.containsKey("notifications")) {
      return Optional.of(List.of());
    }
    if (!(params.get("notifications") instanceof Map<?, ?> filter)) {
      return Optional.empty();
    }
    if (!filter.containsKey("resourceSubscriptions")) {
      return Optional.of(List.of());
    }
    if (!(filter.get("resourceSubscriptions") instanceof List<?> resources)) {
      return Optional.empty();
    }
    List<String> uris = new ArrayList<>();
    for (Object resource : resources) {
      if (text(resource).isEmpty()) {
        return Optional.empty();
      }
      uris.add((String) resource);
    }
    return Optional.of(uris);
  }

  private static Optional<String> text(@Nullable Object value) {
    return value instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
  }
}
