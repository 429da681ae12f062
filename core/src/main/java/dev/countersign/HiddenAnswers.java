package dev.countersign;

import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.internal.Json;
import dev.countersign.mcp.JsonRpcBody;
import dev.countersign.mcp.ProtocolRevision;
import dev.countersign.mcp.SingleRequest;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.JsonRpcCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Answers the use of what is hidden as MCP says to answer the use of what does not exist. */
final class HiddenAnswers {

  private static final List<FieldLine> FIELDS =
      List.of(
          new FieldLine("Cache-Control", "no-store"),
          new FieldLine("X-Content-Type-Options", "nosniff"));

  private static final int MAX_NAME = 256;
  private static final int INVALID_PARAMS = Denial.HIDDEN.rpcCode();
  // Only before protocol revision 2026-07-28.
  private static final int RESOURCE_NOT_FOUND = -32002;

  private final Function<Exchange, JsonRpcBody> bodies;

  /**
   * Answers in the name of the application.
   *
   * @param bodies reads a body, or knows what was read
   */
  HiddenAnswers(Function<Exchange, JsonRpcBody> bodies) {
    this.bodies = bodies;
  }

  /** The answer; empty if nothing is hidden by the decision. */
  Optional<Response> to(Decision decision, Exchange exchange) {
    if (!(decision instanceof Decision.Denied denied) || denied.why() != Denial.HIDDEN) {
      return Optional.empty();
    }
    boolean stateless =
        ProtocolRevision.of(exchange.headers("MCP-Protocol-Version"))
            .filter(ProtocolRevision::isStateless)
            .isPresent();
    return bodies.apply(exchange).request().map(request -> answer(request, stateless));
  }

  private static Response answer(SingleRequest request, boolean stateless) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jsonrpc", "2.0");
    body.put("id", request.id());
    body.put("error", error(request.call(), stateless));
    return Response.json(200, FIELDS, Json.write(body));
  }

  private static Map<String, Object> error(JsonRpcCall call, boolean stateless) {
    return switch (call.method()) {
      case "tools/call" ->
          error(
              INVALID_PARAMS,
              call.name().length() > MAX_NAME ? "Unknown tool" : "Unknown tool: " + call.name());
      case "prompts/get" -> error(INVALID_PARAMS, "Invalid prompt name");
      case "completion/complete" -> error(INVALID_PARAMS, "Invalid completion reference");
      default -> error(stateless ? INVALID_PARAMS : RESOURCE_NOT_FOUND, "Resource not found");
    };
  }

  private static Map<String, Object> error(int code, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("message", message);
    return error;
  }
}
