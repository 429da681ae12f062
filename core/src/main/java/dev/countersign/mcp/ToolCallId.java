package dev.countersign.mcp;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.util.Optional;

/** The identifier of the one call of a tool in a body, to be answered in the name of the tool. */
public final class ToolCallId {

  private static final int MAX_LENGTH = 256;

  private ToolCallId() {}

  /**
   * Finds it.
   *
   * @param fields the fields of the request that are about its body
   * @param body the content as received
   * @return a string of at most 256 characters or an integer of 64 bits; empty if the body is
   *     anything but one {@code tools/call} with such an identifier
   */
  public static Optional<Object> of(BodyFields fields, byte[] body) {
    boolean isOne =
        JsonRpcBody.read(fields, body) instanceof JsonRpcBody.Calls read
            && read.calls().size() == 1
            && read.calls().get(0).method().equals("tools/call");
    return isOne ? id(body) : Optional.empty();
  }

  // A batch of one has an answer of another form, and is no object.
  private static Optional<Object> id(byte[] body) {
    try {
      Object id = Json.readObject(body, new Json.Limits(body.length, 64, 100_000, 100)).get("id");
      return id instanceof Long || (id instanceof String text && text.length() <= MAX_LENGTH)
          ? Optional.of(id)
          : Optional.empty();
    } catch (JsonException e) {
      return Optional.empty();
    }
  }
}
