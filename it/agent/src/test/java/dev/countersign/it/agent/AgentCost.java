package dev.countersign.it.agent;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the agent costs a Tomcat 10.1, in one run in turns: the time until the server listens, and
 * the CPU time of its process for one request with an accepted token. Prints a table.
 *
 * <pre>
 * mvn -Pagent-cost verify -pl it/agent -am
 * </pre>
 */
final class AgentCost {

  private static final int STARTS = 11;
  private static final int ROUNDS = 3;
  private static final int WARM_UP = 100_000;
  private static final int REQUESTS = 50_000;
  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private static final ServerProgram TOMCAT =
      new ServerProgram(
          "tomcat/TomcatServer",
          List.of("org.apache.tomcat.embed:tomcat-embed-core:10.1.62"),
          "jakarta.servlet");

  private final FakeAuthorizationServer authorizationServer;
  private final Map<String, List<String>> variants = new LinkedHashMap<>();

  private AgentCost(FakeAuthorizationServer authorizationServer) throws IOException {
    this.authorizationServer = authorizationServer;
    String agent =
        GuardedJvm.flag(
            Map.of(
                "resource",
                RESOURCE,
                "authorization-servers",
                authorizationServer.issuer(),
                "allow-http-on-loopback",
                "true"));
    Path telemetry =
        Libraries.of(List.of("io.opentelemetry.javaagent:opentelemetry-javaagent:2.30.0")).get(0);
    variants.put("no agent", List.of());
    variants.put("Countersign", List.of(agent));
    variants.put(
        "OpenTelemetry, no exporter",
        List.of(
            "-javaagent:" + telemetry,
            "-Dotel.traces.exporter=none",
            "-Dotel.metrics.exporter=none",
            "-Dotel.logs.exporter=none"));
    String archive = archive();
    variants.put("no agent, AppCDS", List.of(archive));
    variants.put("Countersign, AppCDS", List.of(agent, archive));
  }

  /**
   * Measures.
   *
   * @param arguments none
   * @throws Exception if a server does not start
   */
  public static void main(String[] arguments) throws Exception {
    try (FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start()) {
      AgentCost cost = new AgentCost(authorizationServer);
      System.out.println("JDK " + Runtime.version() + ", Tomcat 10.1.62");
      if (arguments.length == 0) {
        cost.start();
      }
      cost.requests();
    }
  }

  // The flag that uses what a run without agents leaves behind: with one, nothing is archived.
  private static String archive() throws IOException {
    Path file = Path.of("target", "server.jsa").toAbsolutePath();
    try (RemoteProbe server = launch(List.of("-XX:ArchiveClassesAtExit=" + file))) {
      RawHttp.exchange(server.uri(), RawRequest.of("GET", "/"));
    }
    return "-XX:SharedArchiveFile=" + file;
  }

  private static RemoteProbe launch(List<String> flags) throws IOException {
    return RemoteProbe.of(process(flags));
  }

  private static Process process(List<String> flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", TOMCAT.classPath(), TOMCAT.mainClass()));
    Path log = Files.createTempFile(Path.of("target"), "cost", ".log");
    return new ProcessBuilder(command).redirectError(log.toFile()).start();
  }

  private void start() throws IOException {
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    for (int i = 0; i < STARTS; i++) {
      for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
        long begin = System.nanoTime();
        try (RemoteProbe server = launch(variant.getValue())) {
          double taken = (System.nanoTime() - begin) / 1e6;
          RawHttp.exchange(server.uri(), RawRequest.of("GET", "/"));
          millis.computeIfAbsent(variant.getKey(), name -> new ArrayList<>()).add(taken);
        }
      }
    }
    System.out.println("\n| until it listens, median of " + STARTS + " | ms | more than without |");
    System.out.println("|---|---:|---:|");
    millis.forEach(
        (name, all) -> {
          double base =
              median(millis.get(name.endsWith("AppCDS") ? "no agent, AppCDS" : "no agent"));
          System.out.printf("| %s | %.0f | %+.0f |%n", name, median(all), median(all) - base);
        });
  }

  private void requests() throws Exception {
    RawRequest request =
        RawRequest.of("POST", "/mcp")
            .json("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")
            .bearer(authorizationServer.tokens(RESOURCE).valid());
    List<String> names = List.of("no agent", "Countersign", "OpenTelemetry, no exporter");
    Map<String, List<Double>> micros = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (String name : names) {
        Process process = process(variants.get(name));
        try (RemoteProbe server = RemoteProbe.of(process);
            RawHttp connection = RawHttp.connect(server.uri())) {
          send(server, connection, request, WARM_UP);
          Duration before = process.info().totalCpuDuration().orElseThrow();
          send(server, connection, request, REQUESTS);
          Duration after = process.info().totalCpuDuration().orElseThrow();
          double each = after.minus(before).toNanos() / 1e3 / REQUESTS;
          micros.computeIfAbsent(name, all -> new ArrayList<>()).add(each);
        }
      }
    }
    System.out.println(
        "\n| one request on a kept connection, accepted token | CPU µs of the server, median of "
            + ROUNDS
            + " | throughput per CPU |");
    System.out.println("|---|---:|---:|");
    double base = median(micros.get("no agent"));
    micros.forEach(
        (name, all) ->
            System.out.printf(
                "| %s | %.1f | %.1f %% |%n", name, median(all), 100 * base / median(all)));
  }

  private static void send(RemoteProbe server, RawHttp connection, RawRequest request, int times)
      throws IOException {
    // The keys are fetched with the first one.
    RawHttp.await(server.uri(), request, 200);
    byte[] bytes = request.bytes();
    for (int i = 0; i < times; i++) {
      connection.send(bytes);
      if (connection.receive().status() != 200) {
        throw new IOException("the token was not accepted");
      }
      if (i % 1000 == 0) {
        // The probe remembers what it has seen.
        server.clear();
      }
    }
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
