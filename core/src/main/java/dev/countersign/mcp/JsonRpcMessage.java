package dev.countersign.mcp;

import dev.countersign.internal.Json;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.JsonRpcCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message of a body: a request, a notification, or an answer of the client. */
final class JsonRpcMessage {

  private static final int MAX_ID_LENGTH = 1024;

  private final BodyFields fields;
  private final ProtocolRevision revision;

  JsonRpcMessage(BodyFields fields, ProtocolRevision revision) {
    this.fields = fields;
    this.revision = revision;
  }

  /** What a message calls, once for each thing that it names. */
  JsonRpcBody read(Object message) {
    if (!(message instanceof Map<?, ?> members)
        || !"2.0".equals(members.get("jsonrpc"))
        || !isId(members.get("id"))) {
      return refused(Denial.BODY_NO_MESSAGE);
    }
    boolean answers = members.containsKey("result") || members.containsKey("error");
    if (!members.containsKey("method")) {
      return answers ? answer(members) : refused(Denial.BODY_NO_MESSAGE);
    }
    return !answers && members.get("method") instanceof String method && !method.isEmpty()
        ? call(members, method)
        : refused(Denial.BODY_NO_MESSAGE);
  }

  // [ id ] = string / integer ; null and fractions are not for MCP
  private static boolean isId(@Nullable Object id) {
    return id == null
        || id instanceof Long
        || (id instanceof String text && text.length() <= MAX_ID_LENGTH);
  }

  // Clients answer the requests of a server only in the revisions that have sessions.
  private JsonRpcBody answer(Map<?, ?> members) {
    boolean one = !(members.containsKey("result") && members.containsKey("error"));
    return one && !revision.isStateless()
        ? new JsonRpcBody.Calls(List.of(new JsonRpcCall("", "")))
        : refused(Denial.BODY_NO_MESSAGE);
  }

  private JsonRpcBody call(Map<?, ?> members, String method) {
    Object given = members.get("params");
    // Several clients write null where there are none.
    if (!(given == null || Json.NULL.equals(given) || given instanceof Map<?, ?>)) {
      return refused(Denial.BODY_NO_NAME);
    }
    Map<String, Object> params = new LinkedHashMap<>();
    if (given instanceof Map<?, ?> object) {
      object.forEach((name, value) -> params.put((String) name, value));
    }
    Optional<String> name = JsonRpcName.of(method, params);
    Optional<List<String>> resources =
        method.equals("subscriptions/listen")
            ? JsonRpcName.listenedTo(params)
            : Optional.of(List.of());
    if (name.isEmpty() || resources.isEmpty()) {
      return refused(Denial.BODY_NO_NAME);
    }
    return HeaderAgreement.holds(fields, revision, members, method, name.get())
        ? calls(new JsonRpcCall(method, name.get(), params), resources.get(), members.get("id"))
        : refused(Denial.HEADER_MISMATCH);
  }

  // Who listens to the changes of a resource needs what a subscriber needs.
  private static JsonRpcBody calls(JsonRpcCall call, List<String> resources, @Nullable Object id) {
    List<JsonRpcCall> calls = new ArrayList<>(List.of(call));
    for (String uri : resources) {
      calls.add(new JsonRpcCall("resources/subscribe", uri, Map.of("uri", uri)));
    }
    return id == null ? new JsonRpcBody.Calls(calls) : new JsonRpcBody.Calls(calls, id);
  }

  private static JsonRpcBody refused(Denial why) {
    return new JsonRpcBody.Refused(why);
  }
}
