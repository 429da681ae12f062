package dev.countersign.mcp;

import java.util.Optional;

/** The identifier of the one call of a tool in a body, to be answered in the name of the tool. */
public final class ToolCallId {

  private static final int MAX_LENGTH = 256;

  private ToolCallId() {}

  /**
   * Finds it.
   *
   * @param body what was read of the body
   * @return a string of at most 256 characters or an integer of 64 bits; empty if the body is
   *     anything but one {@code tools/call} with such an identifier
   */
  public static Optional<Object> of(JsonRpcBody body) {
    return body.request()
        .filter(request -> request.call().method().equals("tools/call"))
        .map(SingleRequest::id)
        .filter(id -> !(id instanceof String text) || text.length() <= MAX_LENGTH);
  }
}
