package dev.countersign.mcp;

import static dev.countersign.mcp.Policies.call;
import static dev.countersign.mcp.Policies.method;
import static dev.countersign.mcp.Policies.policy;
import static dev.countersign.mcp.Policies.read;
import static dev.countersign.mcp.Policies.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.spi.JsonRpcCall;
import dev.countersign.spi.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules are a set: their order, and how many others there are, means nothing. */
class RuleOrderTest {

  private static final List<String> SEGMENTS = List.of("a", "b", "{x}");

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static Target target(Random random) {
    switch (random.nextInt(4)) {
      case 0:
        return Target.tool(one(random, List.of("s", "t", "u")));
      case 1:
        Target tool = Target.tool(one(random, List.of("s", "t"))).with("x", random.nextInt(2));
        return random.nextBoolean() ? tool : tool.with("y", random.nextInt(2));
      case 2:
        return Target.method(one(random, List.of("ping", "tools/call", "resources/read")));
      default:
        StringBuilder pattern = new StringBuilder("db://").append(one(random, SEGMENTS));
        for (int depth = random.nextInt(3); depth > 0; depth--) {
          pattern.append('/').append(one(random, SEGMENTS));
        }
        return Target.resource(pattern + one(random, List.of("", "/*")));
    }
  }

  private static JsonRpcCall anyCall(Random random) {
    switch (random.nextInt(4)) {
      case 0:
        return call(one(random, List.of("s", "t", "u", "v")));
      case 1:
        return call(
            one(random, List.of("s", "t")),
            Map.of("x", (long) random.nextInt(3), "y", (long) random.nextInt(3)));
      case 2:
        return method(one(random, List.of("ping", "x", "tools/list")));
      default:
        StringBuilder uri = new StringBuilder("db://").append(one(random, List.of("a", "b", "c")));
        for (int depth = random.nextInt(4); depth > 0; depth--) {
          uri.append('/').append(one(random, List.of("a", "b", "c")));
        }
        return read(uri.toString());
    }
  }

  private static AccessPolicy of(List<Map.Entry<Target, String>> rules) {
    Policies policy = policy();
    rules.forEach(rule -> policy.rule(rule.getKey(), rule.getValue()));
    return policy.build();
  }

  @Test
  void SC7_theOrderOfRulesMeansNothing() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Set<Class<?>> seen = new HashSet<>();
    for (int run = 0; run < 300; run++) {
      Map<Target, String> rules = new LinkedHashMap<>();
      for (int count = random.nextInt(25); count >= 0; count--) {
        rules.put(target(random), one(random, List.of("none", "p", "q | r", "p q", "deny")));
      }
      List<Map.Entry<Target, String>> order = new ArrayList<>(rules.entrySet());
      AccessPolicy first = of(order);
      Collections.shuffle(order, random);
      AccessPolicy second = of(order);
      for (int calls = 0; calls < 40; calls++) {
        JsonRpcCall call = anyCall(random);
        String scope = one(random, List.of("mcp", "mcp p", "mcp r", "mcp p q"));
        Verdict verdict = Policies.judge(first, token(scope), call);
        seen.add(verdict.getClass());
        assertEquals(
            verdict.toString(),
            Policies.judge(second, token(scope), call).toString(),
            () -> "seed " + seed + ": " + order + " " + call);
      }
    }
    assertEquals(3, seen.size(), "every kind of verdict");
  }

  @Test
  void SC10_amongAHundredThousandRulesAnAnswerTakesMicroseconds() {
    Policies rules = policy();
    for (int at = 0; at < 25_000; at++) {
      rules
          .tool("tool-" + at, "scope-" + at % 50)
          .resource("db://host-" + at % 100 + "/table-" + at + "/{row}", "scope-" + at % 50)
          .resource("file:///folder-" + at % 250 + "/sub-" + at + "/*", "scope-" + at % 50)
          .resource("db://host-" + at % 100 + "/table-" + at + "/schema", "scope-" + at % 50);
    }
    AccessPolicy policy = rules.build();
    List<JsonRpcCall> calls =
        List.of(
            call("tool-17"),
            read("db://host-17/table-24917/4"),
            read("file:///folder-17/sub-17/a/b"),
            read("db://host-17/table-24917/schema"));
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 200; round++) {
      long start = System.nanoTime();
      for (int run = 0; run < 50; run++) {
        for (JsonRpcCall call : calls) {
          Verdict verdict = Policies.judge(policy, token("mcp"), call);
          assertTrue(verdict instanceof Verdict.Lacking, call::toString);
        }
      }
      best = Math.min(best, (System.nanoTime() - start) / (50 * calls.size()));
    }
    // The fastest of many rounds: how busy the machine is says nothing about the look-up.
    assertTrue(best <= 5_000, "nanoseconds: " + best);
  }
}
