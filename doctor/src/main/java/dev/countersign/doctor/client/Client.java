package dev.countersign.doctor.client;

import static dev.countersign.doctor.client.MetadataPlace.APPENDED;
import static dev.countersign.doctor.client.MetadataPlace.CHALLENGE;
import static dev.countersign.doctor.client.MetadataPlace.PATH;
import static dev.countersign.doctor.client.MetadataPlace.ROOT;

import dev.countersign.doctor.check.Probe;
import dev.countersign.testkit.client.ClientParser;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Clients, by what their source code or their makers say that they do between URL and login. */
public enum Client {
  /** The TypeScript SDK, and with it Claude Code, Cursor and many others. */
  TYPESCRIPT_SDK(
      "typescript-sdk",
      ClientParser.TYPESCRIPT_SDK,
      List.of(Probe.INITIALIZE),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.PREFIX,
      Demand.ISSUER),
  /** Version 1 of the same. */
  TYPESCRIPT_SDK_1(
      "typescript-sdk-1",
      ClientParser.TYPESCRIPT_SDK,
      List.of(Probe.INITIALIZE),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.PREFIX),
  /** The Python SDK. */
  PYTHON_SDK(
      "python-sdk",
      ClientParser.PYTHON_SDK,
      List.of(Probe.INITIALIZE),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.PREFIX,
      Demand.ISSUER),
  /** The Go SDK. */
  GO_SDK(
      "go-sdk",
      ClientParser.GO_SDK,
      List.of(Probe.INITIALIZE),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.EXACT,
      Demand.ISSUER,
      Demand.JSON_TYPE,
      Demand.PKCE),
  /** The Rust SDK. */
  RMCP(
      "rmcp",
      ClientParser.RMCP,
      List.of(Probe.GET),
      List.of(CHALLENGE, PATH, APPENDED, ROOT),
      ResourceRule.PREFIX,
      Demand.ISSUER,
      Demand.SAME_ORIGIN),
  /** OpenAI's Codex, which logs in through the Rust SDK. */
  CODEX(
      "codex",
      ClientParser.RMCP,
      List.of(Probe.GET),
      List.of(CHALLENGE, PATH, APPENDED, ROOT),
      ResourceRule.PREFIX,
      Demand.ISSUER,
      Demand.SAME_ORIGIN),
  /** The C# SDK. */
  CSHARP_SDK(
      "csharp-sdk",
      ClientParser.CSHARP_SDK,
      List.of(Probe.INITIALIZE),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.EXACT_OR_ORIGIN,
      Demand.ISSUER,
      Demand.PKCE),
  /** The Ruby SDK. */
  RUBY_SDK(
      "ruby-sdk",
      ClientParser.RUBY_SDK,
      List.of(Probe.INITIALIZE),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.PREFIX,
      Demand.ISSUER,
      Demand.PKCE,
      Demand.SAME_ORIGIN),
  /** Spring's community client. */
  SPRING(
      "spring",
      ClientParser.SPRING,
      List.of(Probe.EMPTY_POST),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.EXACT),
  /** Visual Studio Code. */
  VS_CODE(
      "vscode",
      ClientParser.VS_CODE,
      List.of(Probe.INITIALIZE),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.EXACT),
  /** Gemini CLI. */
  GEMINI_CLI(
      "gemini",
      ClientParser.GEMINI_CLI,
      List.of(Probe.HEAD),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.EXACT),
  /** Zed. */
  ZED(
      "zed",
      ClientParser.ZED,
      List.of(Probe.INITIALIZE),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.PREFIX,
      Demand.SAME_ORIGIN),
  /** ToolHive. */
  TOOLHIVE(
      "toolhive",
      ClientParser.TOOLHIVE,
      List.of(Probe.GET, Probe.INITIALIZE_WITHOUT_ACCEPT),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.ANY,
      Demand.JSON_TYPE),
  /** MCP Inspector. */
  INSPECTOR(
      "inspector",
      ClientParser.INSPECTOR,
      List.of(Probe.INITIALIZE),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.PREFIX),
  /** mcp-remote. */
  MCP_REMOTE(
      "mcp-remote",
      ClientParser.MCP_REMOTE,
      List.of(Probe.INITIALIZE),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.PREFIX),
  /** claude.ai, which prefers well-known URLs to the challenge. */
  CLAUDE_AI(
      "claude.ai",
      ClientParser.PYTHON_SDK,
      List.of(Probe.INITIALIZE),
      List.of(PATH, ROOT, CHALLENGE),
      ResourceRule.EXACT),
  /** ChatGPT, which goes to well-known URLs. */
  CHATGPT(
      "chatgpt",
      ClientParser.TYPESCRIPT_SDK,
      List.of(Probe.INITIALIZE),
      List.of(PATH, ROOT),
      ResourceRule.PREFIX),
  /** OpenCode 1.0, which ignores the challenge. */
  OPENCODE_1(
      "opencode-1",
      ClientParser.TYPESCRIPT_SDK,
      List.of(Probe.INITIALIZE),
      List.of(ROOT, APPENDED),
      ResourceRule.PREFIX),
  /** LibreChat. */
  LIBRECHAT(
      "librechat",
      ClientParser.TYPESCRIPT_SDK,
      List.of(Probe.HEAD, Probe.POST_OBJECT),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.PREFIX),
  /** Hugging Face chat-ui. */
  CHAT_UI(
      "chat-ui",
      ClientParser.TYPESCRIPT_SDK,
      List.of(Probe.INITIALIZE),
      List.of(CHALLENGE, PATH, ROOT),
      ResourceRule.EXACT,
      Demand.ISSUER,
      Demand.PKCE);

  /** What else a client insists on. */
  enum Demand {
    /** The issuer of the metadata is the one that the resource names, byte for byte. */
    ISSUER,
    /** Metadata is served as {@code application/json}. */
    JSON_TYPE,
    /** PKCE with S256 is advertised. */
    PKCE,
    /** The challenge points to the origin of the server. */
    SAME_ORIGIN
  }

  private final String title;
  private final ClientParser parser;
  private final List<Probe> probes;
  private final List<MetadataPlace> places;
  private final ResourceRule rule;
  private final Set<Demand> demands;

  Client(
      String title,
      ClientParser parser,
      List<Probe> probes,
      List<MetadataPlace> places,
      ResourceRule rule,
      Demand... demands) {
    this.title = title;
    this.parser = parser;
    this.probes = probes;
    this.places = places;
    this.rule = rule;
    this.demands = EnumSet.noneOf(Demand.class);
    this.demands.addAll(List.of(demands));
  }

  /**
   * The name on the command line.
   *
   * @return lower case
   */
  public String title() {
    return title;
  }

  ClientParser parser() {
    return parser;
  }

  List<Probe> probes() {
    return probes;
  }

  List<MetadataPlace> places() {
    return places;
  }

  ResourceRule rule() {
    return rule;
  }

  boolean demands(Demand demand) {
    return demands.contains(demand);
  }

  /**
   * The client of a name.
   *
   * @param title the name, without regard to case
   * @return empty if there is none of that name
   */
  public static Optional<Client> of(String title) {
    return Arrays.stream(values())
        .filter(client -> client.title.equalsIgnoreCase(title))
        .findFirst();
  }
}
