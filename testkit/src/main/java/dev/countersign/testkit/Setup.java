package dev.countersign.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The configurations of the contract, each of one resource {@code https://mcp.example.com/mcp}, as
 * settings, so that a server in another process can have them too.
 */
enum Setup {
  /** What most servers have. */
  STANDARD(
      Map.of(
          "scopes-supported",
          "mcp:read files:read files:write",
          "allowed-origins",
          "https://app.example",
          "public-paths",
          "/health,/open/")),
  /** With scopes of tools, so that bodies are read. */
  TOOLS(
      Map.of(
          "scopes.tool.read_file",
          "files:read",
          "scopes.tool.delete_file",
          "files:read files:write",
          "unlisted-tools",
          "allow")),
  /** Nobody learns of what it may not use. */
  HIDDEN(
      Map.of(
          "scopes.tool.read_file",
          "files:read",
          "scopes.tool.delete_file",
          "files:read files:write",
          "hide-denied",
          "true",
          "filter-lists",
          "true")),
  /** With calls that need no token, and denials in the form of ChatGPT for ChatGPT. */
  MIXED(
      Map.of(
          "public-methods",
          "initialize,tools/list",
          "public-tools",
          "search",
          "scopes.tool.delete_file",
          "files:read files:write",
          "tool-challenges",
          "auto")),
  /** Everything that hardens, and everything that relaxes it. */
  HARDENED(
      Map.of(
          "allowed-hosts",
          "localhost:8080",
          "allowed-origins",
          "https://app.example",
          "public-paths",
          "/health",
          "stripped-headers",
          "X-Tenant",
          "exposed-headers",
          "X-Username",
          "expose-authorization",
          "true")),
  /** Judges, bodies as well, but admits everything. */
  REPORT_ONLY(
      Map.of(
          "mode",
          "report-only",
          "scopes.tool.delete_file",
          "files:write",
          "unlisted-tools",
          "allow",
          "max-body-size",
          "1024")),
  /** The authorization server is out of reach. */
  OUTAGE(Map.of("allowed-origins", "https://app.example")),
  /** The judge of tokens has a bug. */
  BROKEN(Map.of()),
  /** Without tolerance, and with few streams. */
  STREAMS(Map.of("clock-skew", "PT0S", "max-streams-per-principal", "2")),
  /** Everything that tokens and calls can be held to. */
  EVERYTHING(
      Map.ofEntries(
          Map.entry("tokens", "any"),
          Map.entry("introspection-client-id", "contract"),
          Map.entry("introspection-client-secret", "a secret of the contract"),
          Map.entry("dpop", "optional"),
          Map.entry("dpop-nonce", "true"),
          Map.entry("scopes.tool.delete_file", "files:write"),
          Map.entry("acr-values.tool.pay", "mfa"),
          Map.entry("max-age.tool.pay", "PT1H"),
          Map.entry("unlisted-tools", "allow"))),
  /** Another resource beside the first one, and a copy of the authorization server's metadata. */
  TWO_RESOURCES(
      Map.of(
          "legacy-as-mirror",
          "true",
          "resources.other.resource",
          "https://mcp.example.com/other",
          "resources.other.required-scopes",
          "other:read"));

  private final Map<String, String> settings;

  Setup(Map<String, String> settings) {
    this.settings = settings;
  }

  /** All of them, with what every setup has. */
  Map<String, String> settings(String issuer) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("resource", ContractStage.RESOURCE);
    all.put("authorization-servers", issuer);
    all.put("required-scopes", "mcp:read");
    all.put("resource-name", "Contract");
    all.put("allow-http-on-loopback", "true");
    // Its requests would be counted; it has tests of its own.
    all.put("self-check", "false");
    return all;
  }
}
