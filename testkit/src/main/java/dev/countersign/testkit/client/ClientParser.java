package dev.countersign.testkit.client;

import dev.countersign.http.Challenge;
import dev.countersign.http.McpClient;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The way in which each {@link McpClient} reads challenges, written anew from the behaviour of its
 * source code in 2026. Quirks are the point: none of these is a parser to use for anything else.
 *
 * <p>A client that sees several field lines as one sees them joined with a comma, as HTTP libraries
 * do.
 */
public enum ClientParser {
  /** One space behind the first word; then searches. */
  TYPESCRIPT_SDK(McpClient.TYPESCRIPT_SDK, Searching::typescript),
  /** Searches, whatever the scheme. */
  PYTHON_SDK(McpClient.PYTHON_SDK, Searching::python),
  /** Searches for one quoted value. */
  GEMINI_CLI(McpClient.GEMINI_CLI, Searching::gemini, Set.of("resource_metadata")),
  /** Walks over all {@code name=value}; the last one counts. */
  MCP_REMOTE(McpClient.MCP_REMOTE, Walking::mcpRemote),
  /** Walks over all {@code name=value} behind the word Bearer; the last one counts. */
  INSPECTOR(McpClient.INSPECTOR, Walking::inspector),
  /** Splits at every comma, also in quotes. */
  CSHARP_SDK(McpClient.CSHARP_SDK, Splitting::csharp),
  /** Splits at commas outside quotes; compares with case. */
  VS_CODE(McpClient.VS_CODE, Splitting::vsCode, Set.of("resource_metadata", "scope")),
  /** Matches scheme and auth-params; the first Bearer challenge of the first line counts. */
  SPRING(McpClient.SPRING, Splitting::spring),
  /** Searches without case. */
  RMCP(McpClient.RMCP, Searching::rmcp),
  /** Walks over all auth-params behind a leading Bearer; the last one counts. */
  ZED(McpClient.ZED, Walking::zed),
  /** Parses, and gives up at the first fault. */
  GO_SDK(McpClient.GO_SDK, GoParsing::read),
  /** Walks over the auth-params of the first Bearer challenge. */
  RUBY_SDK(McpClient.RUBY_SDK, Walking::ruby),
  /** Wants a leading Bearer; then searches. */
  TOOLHIVE(McpClient.TOOLHIVE, Searching::toolHive, Set.of("resource_metadata", "error"));

  private final McpClient client;
  private final Function<List<String>, ClientReading> reader;
  private final Set<String> looksAt;

  ClientParser(McpClient client, Function<List<String>, ClientReading> reader) {
    this(client, reader, Set.of("resource_metadata", "scope", "error"));
  }

  ClientParser(
      McpClient client, Function<List<String>, ClientReading> reader, Set<String> looksAt) {
    this.client = client;
    this.reader = reader;
    this.looksAt = looksAt;
  }

  /**
   * Whose way this is.
   *
   * @return the client
   */
  public McpClient client() {
    return client;
  }

  /**
   * Reads the field as the client does.
   *
   * @param fieldLines the values of the {@code WWW-Authenticate} lines in their order
   * @return what the client takes from them
   */
  public ClientReading read(List<String> fieldLines) {
    return fieldLines.isEmpty() ? ClientReading.NOTHING : reader.apply(fieldLines);
  }

  /**
   * Whether the client takes from the field what was meant, of all that it looks at: metadata URL,
   * scope, and error.
   *
   * @param fieldLines the values of the {@code WWW-Authenticate} lines in their order
   * @param meant the challenge that the client should have read
   * @return false if the client gives up, or finds something else or nothing
   */
  public boolean understands(List<String> fieldLines, Challenge meant) {
    ClientReading reading = read(fieldLines);
    return !reading.aborted()
        && looksAt.stream()
            .allMatch(
                name ->
                    reading
                        .param(name)
                        .equals(meant.param(name).filter(value -> !value.isEmpty())));
  }
}
