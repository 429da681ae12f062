package dev.countersign.it.agent;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the agent costs: the time until a Tomcat listens, and each request with an accepted token
 * that was seen before, for servers that do next to nothing and for a call of a tool. In one run,
 * beside the OpenTelemetry agent. Takes half an hour, and prints tables.
 *
 * <pre>
 * mvn -Pagent-cost verify -pl it/agent -am -DskipTests -DskipITs
 * mvn -Pagent-cost verify -pl it/agent -am -DskipTests -DskipITs -Dagent.cost=tomcat,mcp
 * </pre>
 */
final class AgentCost {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private static final ServerProgram TOMCAT =
      new ServerProgram(
          "plain-tomcat/PlainTomcat",
          List.of("org.apache.tomcat.embed:tomcat-embed-core:10.1.62"),
          "");
  private static final ServerProgram REACTOR =
      new ServerProgram(
          "plain-reactor-netty/PlainReactorNetty",
          List.of("io.projectreactor.netty:reactor-netty-http:1.3.7"),
          "");
  private static final ServerProgram MCP =
      new ServerProgram(
          "mcp-sdk/SdkMcpServer",
          List.of(
              "org.springframework.boot:spring-boot-dependencies:pom:4.0.7",
              "org.apache.tomcat.embed:tomcat-embed-core:11.0.27",
              "io.modelcontextprotocol.sdk:mcp:2.1.0"),
          "");

  private static final ServerProgram WEB_MVC =
      spring("spring-webmvc/WebMvcMcpServer", "spring-ai-starter-mcp-server-webmvc");
  private static final ServerProgram WEB_FLUX =
      spring("spring-webflux/WebFluxMcpServer", "spring-ai-starter-mcp-server-webflux");

  private static final CostPlan PLAN = new CostPlan(3, 200_000, 60, Duration.ofSeconds(30));
  private static final String ALL = "all";
  private static final Set<String> PARTS = Set.of("start", "tomcat", "reactor", "mcp", "spring");
  private static final String NONE = "no agent";
  private static final String OURS = "Countersign";

  private final FakeAuthorizationServer authorizationServer;
  private final Processors processors;

  private static ServerProgram spring(String source, String starter) {
    return new ServerProgram(
        source,
        List.of(
            "org.springframework.boot:spring-boot-dependencies:pom:4.0.7",
            "org.springframework.ai:" + starter + ":2.0.0"),
        "");
  }

  private AgentCost(FakeAuthorizationServer authorizationServer, Processors processors) {
    this.authorizationServer = authorizationServer;
    this.processors = processors;
  }

  /**
   * Measures.
   *
   * @param arguments the parts with commas between them: {@code all}, or some of {@code start},
   *     {@code tomcat}, {@code reactor}, {@code mcp} and {@code spring}
   * @throws Exception if a server does not start, or does not accept the token
   */
  public static void main(String[] arguments) throws Exception {
    Set<String> parts = parts(arguments.length == 0 ? ALL : arguments[0]);
    Processors processors = new Processors();
    try (FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start()) {
      System.out.println(
          "JDK "
              + Runtime.version()
              + ", "
              + Runtime.getRuntime().availableProcessors()
              + " processors; under load server and client have "
              + (processors.areChosen() ? "one each" : "all of them")
              + "; load of the machine before: "
              + load());
      new AgentCost(authorizationServer, processors).measure(parts);
    }
    System.out.println("\nload of the machine after: " + load());
  }

  private static Set<String> parts(String names) {
    Set<String> parts = names.equals(ALL) ? PARTS : Set.of(names.split(","));
    if (!PARTS.containsAll(parts)) {
      throw new IllegalArgumentException("expected " + ALL + " or some of " + PARTS);
    }
    return parts;
  }

  private static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load < 0 ? "not known" : String.format(Locale.ROOT, "%.1f", load);
  }

  private void measure(Set<String> parts) throws IOException {
    if (parts.contains("start")) {
      CostStart start = new CostStart(TOMCAT, variants(), processors);
      start.run();
      start.print();
    }
    if (parts.contains("tomcat")) {
      load("servlet that does nothing, Tomcat 10.1", TOMCAT, variants(), 1000, this::ping);
    }
    if (parts.contains("reactor")) {
      load("handler that does nothing, Reactor Netty", REACTOR, variants(), 1000, this::ping);
    }
    if (parts.contains("mcp")) {
      Map<String, List<String>> variants = variants();
      variants.put(
          OURS + ", a rule for the tool",
          List.of(agent(Map.of("scopes.tool.add", "math:add", "unlisted-tools", "allow"))));
      load("tools/call of the MCP Java SDK, Tomcat 11", MCP, variants, 250, this::call);
    }
    if (parts.contains("spring")) {
      load("tools/call of spring-ai, WebMVC on Tomcat 11", WEB_MVC, kept(), 100, this::call);
      load("tools/call of spring-ai, WebFlux", WEB_FLUX, variants(), 100, this::call);
    }
  }

  private Map<String, List<String>> variants() throws IOException {
    Map<String, List<String>> variants = new LinkedHashMap<>();
    variants.put(NONE, List.of());
    variants.put(OURS, List.of(agent(Map.of())));
    variants.put("OpenTelemetry, no exporter", telemetry());
    return variants;
  }

  /** The variants of a Spring Boot that ends no connection after so many requests. */
  private Map<String, List<String>> kept() throws IOException {
    Map<String, List<String>> variants = new LinkedHashMap<>();
    variants().forEach((name, flags) -> variants.put(name, with(flags)));
    return variants;
  }

  private static List<String> with(List<String> flags) {
    return Stream.concat(flags.stream(), Stream.of("-Dserver.tomcat.max-keep-alive-requests=-1"))
        .toList();
  }

  private String agent(Map<String, String> more) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>(more);
    settings.put("resource", RESOURCE);
    settings.put("authorization-servers", authorizationServer.issuer());
    settings.put("allow-http-on-loopback", "true");
    return GuardedJvm.flag(settings);
  }

  private static List<String> telemetry() {
    Path jar =
        Libraries.of(List.of("io.opentelemetry.javaagent:opentelemetry-javaagent:2.30.0")).get(0);
    return List.of(
        "-javaagent:" + jar,
        "-Dotel.traces.exporter=none",
        "-Dotel.metrics.exporter=none",
        "-Dotel.logs.exporter=none");
  }

  private void load(
      String title,
      ServerProgram program,
      Map<String, List<String>> variants,
      int times,
      CostLoad.RequestFor request)
      throws IOException {
    CostLoad load = new CostLoad(program, variants, request, times, PLAN, processors);
    load.run();
    load.print(title);
  }

  private RawRequest post(String json) {
    return RawRequest.of("POST", "/mcp")
        .json(json)
        .with("Accept", "application/json, text/event-stream")
        .with("MCP-Protocol-Version", "2025-06-18")
        .bearer(authorizationServer.tokens(RESOURCE).mint().scope("mcp:read math:add").text());
  }

  private byte[] ping(URI server) throws IOException {
    RawRequest request = post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
    // The keys are fetched with the first one.
    RawHttp.await(server, request, 200);
    return request.bytes();
  }

  private byte[] call(URI server) throws IOException {
    RawResponse begun =
        RawHttp.await(
            server,
            post(
                """
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":\
                "2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
                """),
            200);
    String session = begun.value("Mcp-Session-Id").orElseThrow();
    RawHttp.exchange(
        server,
        post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
            .with("Mcp-Session-Id", session));
    return post("""
    {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"add",\
    "arguments":{"one":20,"other":22}}}\
    """)
        .with("Mcp-Session-Id", session)
        .bytes();
  }
}
