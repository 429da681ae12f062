package dev.countersign;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The denial of a tool as a result of the tool: the form that ChatGPT understands, and the only one
 * that is left when the response has begun. Immutable.
 *
 * <p>With the MCP Java SDK:
 *
 * <pre>
 * CallToolResult.builder().isError(true).addTextContent(denial.text()).meta(denial.meta()).build()
 * </pre>
 *
 * @param text a fixed sentence for the user
 * @param challenges what would have stood in {@code WWW-Authenticate}, one for each line
 */
public record ToolDenial(String text, List<String> challenges) {

  /** The member of {@code _meta} that holds the challenges. */
  public static final String META_KEY = "mcp/www_authenticate";

  /** Copies the list. */
  public ToolDenial {
    challenges = List.copyOf(challenges);
  }

  /**
   * The {@code _meta} of the result.
   *
   * @return one member, the list of challenges
   */
  public Map<String, Object> meta() {
    return Map.of(META_KEY, challenges);
  }

  /**
   * The whole result of {@code tools/call}.
   *
   * @return content, {@code isError} and {@code _meta}, to be written as JSON
   */
  public Map<String, Object> result() {
    // In one order, so that the same denial is always the same text.
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("type", "text");
    content.put("text", text);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("content", List.of(content));
    result.put("isError", true);
    result.put("_meta", meta());
    return result;
  }
}
