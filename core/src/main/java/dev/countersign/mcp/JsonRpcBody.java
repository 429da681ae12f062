package dev.countersign.mcp;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.JsonRpcCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON-RPC body, read so strictly that no other reader can see another call in it: UTF-8 without
 * byte order mark, one document, every member name once at any depth. Immutable.
 */
public sealed interface JsonRpcBody {

  /**
   * The messages of a body.
   *
   * @param calls its messages: one, or those of a batch (protocol revision 2025-03-26)
   */
  record Calls(List<JsonRpcCall> calls) implements JsonRpcBody {

    /** Copies the list. */
    public Calls {
      calls = List.copyOf(calls);
    }
  }

  /**
   * The body is refused.
   *
   * @param why unreadable, or of a type that the application might read differently
   */
  record Refused(Denial why) implements JsonRpcBody {}

  /**
   * Reads a body.
   *
   * @param contentTypes every {@code Content-Type} line
   * @param contentCodings every {@code Content-Encoding} line
   * @param body the content as received
   * @return the calls, or refused
   */
  static JsonRpcBody read(List<String> contentTypes, List<String> contentCodings, byte[] body) {
    if (!JsonContentType.isPlainJson(contentTypes, contentCodings)) {
      return new Refused(Denial.BODY_TYPE);
    }
    try {
      Json.Limits limits = new Json.Limits(body.length, 64, 100_000, 100);
      return messages(Json.read(body, limits));
    } catch (JsonException e) {
      return new Refused(Denial.BODY_UNREADABLE);
    }
  }

  private static JsonRpcBody messages(Object document) {
    List<?> messages = document instanceof List<?> batch ? batch : List.of(document);
    List<JsonRpcCall> calls = new ArrayList<>();
    for (Object message : messages) {
      if (!(message instanceof Map<?, ?> members) || !(isCall(members) || isAnswer(members))) {
        return new Refused(Denial.BODY_UNREADABLE);
      }
      calls.add(new JsonRpcCall(text(members, "method"), JsonRpcName.of(members), params(members)));
    }
    return calls.isEmpty() ? new Refused(Denial.BODY_UNREADABLE) : new Calls(calls);
  }

  private static boolean isCall(Map<?, ?> members) {
    return members.get("method") instanceof String && JsonRpcName.isPlausible(members);
  }

  private static boolean isAnswer(Map<?, ?> members) {
    return !members.containsKey("method")
        && (members.containsKey("result") || members.containsKey("error"));
  }

  private static Map<String, Object> params(Map<?, ?> message) {
    Map<String, Object> params = new LinkedHashMap<>();
    if (message.get("params") instanceof Map<?, ?> members) {
      members.forEach((name, value) -> params.put((String) name, value));
    }
    return params;
  }

  private static String text(Map<?, ?> members, String name) {
    return members.get(name) instanceof String text ? text : "";
  }
}
