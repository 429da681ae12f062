package dev.countersign.benchmarks;

import dev.countersign.mcp.AccessPolicy;
import dev.countersign.mcp.PolicyRules;
import dev.countersign.mcp.Requirement;
import dev.countersign.mcp.Target;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.spi.JsonRpcCall;
import dev.countersign.spi.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The verdict on one call, by the number of rules. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PolicyBenchmark {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);

  /** How many rules there are: a third for tools, a third for templates, the rest for prefixes. */
  @Param({"3", "300", "99999"})
  public int rules;

  private AccessPolicy policy =
      new AccessPolicy(
          PolicyRules.NONE,
          dev.countersign.oauth.Scope.NONE,
          AuthenticationStrength.ANY,
          List.of());
  private AccessToken token =
      new AccessToken(
          "https://id.example",
          "subject",
          Optional.of("client"),
          List.of("https://mcp.example/mcp"),
          dev.countersign.oauth.Scope.of("mcp", "scope-0"),
          Instant.MAX,
          Map.of());
  private List<JsonRpcCall> tool = List.of();
  private List<JsonRpcCall> template = List.of();
  private List<JsonRpcCall> prefix = List.of();

  /** Builds the policy. */
  @Setup
  public void build() {
    Map<Target, Requirement> all = new LinkedHashMap<>();
    for (int at = 0; at < rules / 3; at++) {
      Requirement scope = Requirement.allOf("scope-0");
      all.put(Target.tool("tool-" + at), scope);
      all.put(Target.resource("db://host-" + at % 100 + "/table-" + at + "/{row}"), scope);
      all.put(Target.resource("file:///folder-" + at % 250 + "/sub-" + at + "/*"), scope);
    }
    policy =
        new AccessPolicy(
            new PolicyRules(all, Map.of(), Map.of(), false),
            dev.countersign.oauth.Scope.of("mcp"),
            AuthenticationStrength.ANY,
            List.of());
    tool = List.of(new JsonRpcCall("tools/call", "tool-0"));
    template = List.of(new JsonRpcCall("resources/read", "db://host-0/table-0/42"));
    prefix = List.of(new JsonRpcCall("resources/read", "file:///folder-0/sub-0/a/b.txt"));
  }

  private Verdict judge(List<JsonRpcCall> calls) {
    return policy.judge(token, calls, NOW, Duration.ZERO);
  }

  /**
   * A tool by its name.
   *
   * @return permitted
   */
  @Benchmark
  public Verdict tool() {
    return judge(tool);
  }

  /**
   * A resource by a template.
   *
   * @return permitted
   */
  @Benchmark
  public Verdict template() {
    return judge(template);
  }

  /**
   * A resource by a prefix.
   *
   * @return permitted
   */
  @Benchmark
  public Verdict prefix() {
    return judge(prefix);
  }
}
