package dev.countersign.http;

/**
 * The MCP clients whose way of reading a challenge is known from their source code. What one of
 * them cannot read says {@link LintCode#hurts()}.
 */
public enum McpClient {
  /** The TypeScript SDK, and what is built on it. */
  TYPESCRIPT_SDK("typescript-sdk"),
  /** The Python SDK. */
  PYTHON_SDK("python-sdk"),
  /** Gemini CLI. */
  GEMINI_CLI("Gemini CLI"),
  /** mcp-remote, a bridge for clients that speak stdio only. */
  MCP_REMOTE("mcp-remote"),
  /** MCP Inspector, version 2. */
  INSPECTOR("MCP Inspector"),
  /** The C# SDK. */
  CSHARP_SDK("csharp-sdk"),
  /** Visual Studio Code. */
  VS_CODE("VS Code"),
  /** The client side of Spring's mcp-security. */
  SPRING("spring mcp-security"),
  /** The Rust SDK, and what is built on it: Codex, Goose and others. */
  RMCP("rmcp"),
  /** Zed. */
  ZED("Zed"),
  /** The Go SDK. */
  GO_SDK("go-sdk"),
  /** The Ruby SDK. */
  RUBY_SDK("ruby-sdk"),
  /** ToolHive. */
  TOOLHIVE("ToolHive");

  private final String displayName;

  McpClient(String displayName) {
    this.displayName = displayName;
  }

  /**
   * What people call it.
   *
   * @return the name as the project writes it
   */
  @Override
  public String toString() {
    return displayName;
  }
}
