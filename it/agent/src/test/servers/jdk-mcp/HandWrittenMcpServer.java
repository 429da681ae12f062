import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** An MCP endpoint written by hand on the HttpServer of the JDK, with one tool. */
public final class HandWrittenMcpServer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Object> NUMBER = Map.of("type", "integer");
  private static final Map<String, Object> ADD =
      Map.of(
          "name",
          "add",
          "description",
          "Adds two numbers.",
          "inputSchema",
          Map.of(
              "type",
              "object",
              "properties",
              Map.of("one", NUMBER, "other", NUMBER),
              "required",
              List.of("one", "other")));

  public static void main(String[] arguments) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/mcp", HandWrittenMcpServer::answer);
    server.start();
    System.out.println("probe http://localhost:" + server.getAddress().getPort());
    System.in.read();
    System.exit(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.getResponseHeaders().set("Allow", "POST");
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      JsonNode message = JSON.readTree(exchange.getRequestBody());
      if (!message.has("id")) {
        // A notification, or the answer to a question that this server never asks.
        exchange.sendResponseHeaders(202, -1);
        return;
      }
      byte[] body = JSON.writeValueAsBytes(response(message));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Map<String, Object> response(JsonNode request) {
    JsonNode params = request.path("params");
    return switch (request.path("method").asText()) {
      case "initialize" -> result(request, server(params));
      case "ping" -> result(request, Map.of());
      case "tools/list" -> result(request, Map.of("tools", List.of(ADD)));
      case "tools/call" ->
          params.path("name").asText().equals("add")
              ? result(request, text(sum(params.path("arguments"))))
              : error(request, -32602, "Unknown tool");
      default -> error(request, -32601, "Method not found");
    };
  }

  private static Map<String, Object> server(JsonNode params) {
    return Map.of(
        "protocolVersion",
        params.path("protocolVersion").asText(),
        "capabilities",
        Map.of("tools", Map.of()),
        "serverInfo",
        Map.of("name", "calculator", "version", "1"));
  }

  private static long sum(JsonNode numbers) {
    return numbers.path("one").asLong() + numbers.path("other").asLong();
  }

  private static Map<String, Object> text(long number) {
    return Map.of("content", List.of(Map.of("type", "text", "text", String.valueOf(number))));
  }

  private static Map<String, Object> result(JsonNode request, Map<String, Object> result) {
    return Map.of("jsonrpc", "2.0", "id", request.get("id"), "result", result);
  }

  private static Map<String, Object> error(JsonNode request, int code, String message) {
    return Map.of(
        "jsonrpc",
        "2.0",
        "id",
        request.get("id"),
        "error",
        Map.of("code", code, "message", message));
  }
}
