package dev.countersign.mcp;

import dev.countersign.spi.JsonRpcCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of the results in JSON-RPC messages what the caller does not see. Thread-safe, if the
 * predicate is.
 */
final class ListedMessages {

  private final Predicate<JsonRpcCall> visible;
  private final @Nullable ListKind asked;

  /**
   * A filter.
   *
   * @param visible whether the caller sees what is used by a call
   * @param asked the list that every result must have; null where results of all kinds come
   */
  ListedMessages(Predicate<JsonRpcCall> visible, @Nullable ListKind asked) {
    this.visible = visible;
    this.asked = asked;
  }

  /**
   * Filters a document.
   *
   * @param document a message, or a batch of them
   * @return what leaves, the same object if it may leave as it is; empty if it is not what was
   *     asked for
   */
  Optional<Object> filter(Object document) {
    if (!(document instanceof List<?> batch)) {
      return message(document);
    }
    List<Object> filtered = new ArrayList<>();
    boolean same = true;
    for (Object one : batch) {
      Optional<Object> message = message(one);
      if (message.isEmpty()) {
        return message;
      }
      same &= message.get().equals(one);
      filtered.add(message.get());
    }
    return Optional.of(same ? document : filtered);
  }

  private Optional<Object> message(Object message) {
    if (!(message instanceof Map<?, ?> members)) {
      return other(message);
    }
    boolean answers = members.containsKey("result");
    if (members.containsKey("method") || members.containsKey("error")) {
      // Of two readers each could take it for something else.
      return answers ? Optional.empty() : Optional.of(message);
    }
    if (!(members.get("result") instanceof Map<?, ?> result)) {
      return other(message);
    }
    Optional<Map<?, ?>> filtered = result(result);
    return filtered.map(one -> one.equals(result) ? message : with(members, "result", one));
  }

  private Optional<Object> other(Object message) {
    return asked == null ? Optional.of(message) : Optional.empty();
  }

  private Optional<Map<?, ?>> result(Map<?, ?> result) {
    if (asked != null && !(result.get(asked.member) instanceof List<?>)) {
      return Optional.empty();
    }
    Map<?, ?> filtered = result;
    boolean isList = false;
    for (ListKind kind : ListKind.ALL) {
      if (result.get(kind.member) instanceof List<?> elements) {
        filtered = with(filtered, kind.member, shown(kind, elements));
        isList = true;
      }
    }
    boolean isCached = result.containsKey("cacheScope") || result.containsKey("ttlMs");
    return Optional.of(isList && isCached ? with(filtered, "cacheScope", "private") : filtered);
  }

  // What has no name cannot be used either.
  private List<?> shown(ListKind kind, List<?> elements) {
    return elements.stream()
        .filter(element -> kind.use(element).filter(visible).isPresent())
        .toList();
  }

  private static Map<?, ?> with(Map<?, ?> members, String name, Object value) {
    Map<Object, Object> changed = new LinkedHashMap<>(members);
    changed.put(name, value);
    return changed;
  }
}
