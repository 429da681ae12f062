package dev.countersign.mcp;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import dev.countersign.spi.JsonRpcCall;
import java.util.Map;
import java.util.Optional;

/**
 * The one request in a body, so that it can be answered in the name of the application. Immutable.
 *
 * @param call what it calls
 * @param id its identifier, a string or an integer of 64 bits
 */
public record SingleRequest(JsonRpcCall call, Object id) {

  /**
   * Finds it.
   *
   * @param fields the fields of the request that are about its body
   * @param body the content as received
   * @return empty if the body is anything but one request with such an identifier
   */
  public static Optional<SingleRequest> of(BodyFields fields, byte[] body) {
    return JsonRpcBody.read(fields, body) instanceof JsonRpcBody.Calls read
            && read.calls().size() == 1
            && !read.calls().get(0).method().isEmpty()
        ? id(body).map(id -> new SingleRequest(read.calls().get(0), id))
        : Optional.empty();
  }

  // A batch of one has an answer of another form, and is no object.
  private static Optional<Object> id(byte[] body) {
    try {
      Map<String, Object> message =
          Json.readObject(body, new Json.Limits(body.length, 64, 100_000, 100));
      Object id = message.get("id");
      return id instanceof Long || id instanceof String ? Optional.of(id) : Optional.empty();
    } catch (JsonException e) {
      return Optional.empty();
    }
  }
}
