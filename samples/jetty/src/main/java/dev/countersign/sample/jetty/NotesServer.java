package dev.countersign.sample.jetty;

import dev.countersign.mcpsdk.TransportAccessToken;
import dev.countersign.oauth.AccessToken;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/**
 * An MCP server as anybody would write it with the official SDK: five tools, and no word about
 * authorization but where a tool asks who is calling. What each tool needs is said by {@link Demo}.
 */
final class NotesServer implements AutoCloseable {

  private static final Map<String, Object> NO_ARGUMENTS = Map.of("type", "object");
  private static final Map<String, Object> TEXT =
      Map.of(
          "type", "object",
          "properties", Map.of("text", Map.of("type", "string")),
          "required", List.of("text"));

  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final HttpServletStreamableServerTransportProvider servlet;
  private final McpSyncServer server;

  NotesServer(String endpoint) {
    this.servlet =
        HttpServletStreamableServerTransportProvider.builder()
            .mcpEndpoint(endpoint)
            .contextExtractor(TransportAccessToken.extractor())
            .build();
    this.server =
        McpServer.sync(servlet)
            .serverInfo("countersign-demo", "1")
            .capabilities(ServerCapabilities.builder().tools(false).build())
            .toolCall(tool("echo", "Says the text again.", TEXT), text(NotesServer::echo))
            .toolCall(
                tool("whoami", "Says who is calling.", NO_ARGUMENTS), text(NotesServer::whoami))
            .toolCall(
                tool("list_notes", "Reads the notes. Needs more scope.", NO_ARGUMENTS),
                text(this::listNotes))
            .toolCall(
                tool("add_note", "Keeps a note. Needs more scope.", TEXT), text(this::addNote))
            .toolCall(
                tool("clear_notes", "Forgets the notes. Needs a stronger login.", NO_ARGUMENTS),
                text(this::clearNotes))
            .build();
  }

  HttpServletStreamableServerTransportProvider servlet() {
    return servlet;
  }

  private static Tool tool(String name, String description, Map<String, Object> input) {
    return Tool.builder(name, input).description(description).build();
  }

  private static BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> text(
      BiFunction<McpSyncServerExchange, CallToolRequest, String> tool) {
    return (exchange, call) ->
        CallToolResult.builder().addTextContent(tool.apply(exchange, call)).build();
  }

  private static String echo(McpSyncServerExchange exchange, CallToolRequest call) {
    return String.valueOf(call.arguments().get("text"));
  }

  private static String whoami(McpSyncServerExchange exchange, CallToolRequest call) {
    AccessToken token = TransportAccessToken.current(exchange.transportContext());
    return "You are " + token.subject() + ", with the scope " + token.scope();
  }

  private String listNotes(McpSyncServerExchange exchange, CallToolRequest call) {
    return "The notes are " + notes;
  }

  private String addNote(McpSyncServerExchange exchange, CallToolRequest call) {
    notes.add(echo(exchange, call));
    return "Kept; there are " + notes.size() + " notes now";
  }

  private String clearNotes(McpSyncServerExchange exchange, CallToolRequest call) {
    notes.clear();
    return "There are no notes now";
  }

  @Override
  public void close() {
    server.closeGracefully();
  }
}
