package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.ToolChallenges;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.internal.Json;
import dev.countersign.mcp.JsonRpcBody;
import dev.countersign.mcp.ProtocolRevision;
import dev.countersign.mcp.ToolCallId;
import dev.countersign.oauth.AuthScheme;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.Exchange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers the call of a tool by a result of the tool, where that is configured. Only a client whose
 * token is good, or that may call something without one, is answered so: nobody else's body is
 * read.
 */
final class ToolAnswers {

  private static final List<FieldLine> FIELDS =
      List.of(
          new FieldLine("Cache-Control", "no-store"),
          new FieldLine("X-Content-Type-Options", "nosniff"));

  // What ChatGPT calls itself; the version follows.
  private static final String CHATGPT = "openai-mcp/";

  private final ToolChallenges form;
  private final Answers answers;
  private final Function<Exchange, JsonRpcBody> bodies;

  /**
   * Answers by results.
   *
   * @param bodies reads a body, or knows what was read
   */
  ToolAnswers(
      ResourceServerConfig config, Answers answers, Function<Exchange, JsonRpcBody> bodies) {
    this.bodies = bodies;
    this.form = config.toolChallenges();
    this.answers = answers;
  }

  /** Whether the answer to a denial may need the body. */
  boolean mayReadBody(Exchange exchange) {
    return switch (form) {
      case HTTP -> false;
      case META -> exchange.method().equals("POST");
      case AUTO ->
          exchange.method().equals("POST")
              && exchange.headers("User-Agent").stream()
                  .anyMatch(agent -> agent.startsWith(CHATGPT));
    };
  }

  /**
   * The answer to a denial as a result of the tool.
   *
   * @param exchange whose body was read, or can be
   * @return empty if the usual answer has to be given
   */
  Optional<Response> to(
      Decision decision, ProtectedResource resource, Exchange exchange, AuthScheme used) {
    if (!(decision instanceof Decision.Denied denied)
        || !mayReadBody(exchange)
        || !isTold(denied.why(), resource, exchange)) {
      return Optional.empty();
    }
    Optional<Object> id = ToolCallId.of(bodies.apply(exchange));
    if (id.isEmpty()) {
      return Optional.empty();
    }
    ToolDenial told = denial(denied, resource, used);
    Map<String, Object> result = new LinkedHashMap<>(told.result());
    if (isStateless(exchange)) {
      result.put("resultType", "complete");
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jsonrpc", "2.0");
    body.put("id", id.get());
    body.put("result", result);
    return Optional.of(Response.json(200, FIELDS, Json.write(body)));
  }

  /** A denial with a challenge, as a result of the tool. */
  ToolDenial denial(Decision.Denied denied, ProtectedResource resource, AuthScheme used) {
    // Without an error, which a challenge to nobody does not have, ChatGPT does nothing.
    Decision.Denied told =
        denied.why() == Denial.NO_CREDENTIALS
            ? new Decision.Denied(Denial.MISSING_SCOPE, denied.scope(), "")
            : denied;
    return new ToolDenial(
        denied.why().text(), answers.to(told, resource, "POST", used).values("WWW-Authenticate"));
  }

  private static boolean isTold(Denial why, ProtectedResource resource, Exchange exchange) {
    return switch (why) {
      case MISSING_SCOPE, WEAK_AUTHENTICATION -> true;
      case NO_CREDENTIALS -> MixedMode.holdsFor(exchange, resource);
      default -> false;
    };
  }

  private static boolean isStateless(Exchange exchange) {
    return ProtocolRevision.of(exchange.headers("MCP-Protocol-Version"))
        .filter(ProtocolRevision::isStateless)
        .isPresent();
  }
}
