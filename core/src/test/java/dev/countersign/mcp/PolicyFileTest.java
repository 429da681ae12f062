package dev.countersign.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.mcp.PolicyFile.Fault;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFileTest {

  private static final String JSON =
      """
      {
        "unlisted": { "tools": "deny", "methods": "known" },
        "conceal-rules": true,
        "scope-implies": { "files:admin": "files:write files:read" },
        "methods": { "logging/setLevel": "ops" },
        "prompts": { "review": "code:read" },
        "resources": { "db://{table}/rows/*": "db:read", "db://users/rows/*": "deny" },
        "tools": {
          "list_files": "none",
          "delete_file": "files:write | files:admin",
          "pay": {
            "scopes": "pay:write",
            "acr-values": "urn:mfa urn:hw",
            "max-age": "PT5M",
            "arguments": [ { "with": { "currency": "XXX", "amount": 1 }, "scopes": "deny" } ]
          },
          "query": { "arguments": [ { "with": { "test": true }, "scopes": "none" } ] }
        }
      }
      """;
  private static final String YAML =
      """
      # The same.
      unlisted: {tools: deny, methods: known}
      conceal-rules: true
      scope-implies:
        files:admin: files:write files:read
      methods:
        logging/setLevel: ops
      prompts:
        review: "code:read"
      resources:
        db://{table}/rows/*: 'db:read'
        "db://users/rows/*": deny
      tools:
        list_files: none
        delete_file: files:write | files:admin
        pay:
          scopes: pay:write
          acr-values: urn:mfa urn:hw
          max-age: PT5M
          arguments:
            - with: {currency: XXX, amount: 1}
              scopes: deny
        query:
          arguments:
            - {with: {test: true}, scopes: none}
      """;

  private static PolicyFile read(String text, boolean yaml) {
    return PolicyFile.read(text.getBytes(StandardCharsets.UTF_8), yaml);
  }

  private static Set<Fault> faults(String json) {
    return new LinkedHashSet<>(read(json, false).faults());
  }

  @Test
  void readsEverythingThatARuleCanSay() {
    PolicyFile file = read(JSON, false);

    assertEquals(List.of(), file.faults());
    PolicyRules rules = file.rules();
    assertEquals(
        Map.of(Target.Kind.TOOL, Unlisted.DENY, Target.Kind.METHOD, Unlisted.KNOWN),
        rules.unlisted());
    assertTrue(rules.concealed());
    assertEquals(Map.of("files:admin", Scope.of("files:write", "files:read")), rules.implied());
    AuthenticationStrength login =
        new AuthenticationStrength(
            List.of("urn:mfa", "urn:hw"), Optional.of(Duration.ofMinutes(5)));
    Target pay = Target.tool("pay");
    assertEquals(
        Map.of(
            Target.method("logging/setLevel"),
            Requirement.allOf("ops"),
            Target.prompt("review"),
            Requirement.allOf("code:read"),
            Target.resource("db://{table}/rows/*"),
            Requirement.allOf("db:read"),
            Target.resource("db://users/rows/*"),
            Requirement.DENIED,
            Target.tool("list_files"),
            Requirement.NOTHING,
            Target.tool("delete_file"),
            Requirement.allOf("files:write").or(Scope.of("files:admin")),
            pay,
            Requirement.allOf("pay:write").with(login),
            pay.with("currency", "XXX").with("amount", 1),
            Requirement.DENIED,
            Target.tool("query").with("test", true),
            Requirement.NOTHING),
        rules.rules());
    assertEquals(
        "/methods/logging~1setLevel", file.pointers().get(Target.method("logging/setLevel")));
  }

  @Test
  void yamlIsAnotherWayToWriteTheSame() {
    assertEquals(List.of(), read(YAML, true).faults());
    assertEquals(read(JSON, false), read(YAML, true));
    assertEquals(read(JSON, false), read(JSON, true));
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    assertEquals(
        Set.of(
            new Fault("/tols", "", "there is no such member; the nearest is \"tools\""),
            new Fault("/tools/a/scope", "", "there is no such member; the nearest is \"scopes\""),
            new Fault("/tools/b", "1", "expected an object"),
            new Fault("/tools/c", "x |", "expected a scope-token on both sides of |"),
            new Fault("/tools/d/max-age", "5 min", "expected an ISO-8601 duration such as PT5M"),
            new Fault("/tools/e/acr-values", "2", "expected a text, in quotes"),
            new Fault("/tools/f", "", "deny stands alone: no scope and no login would help"),
            new Fault("/tools/g/arguments", "x", "expected an array"),
            new Fault(
                "/tools/h/arguments/0/with/l", "", "expected a string, a boolean or a number"),
            new Fault(
                "/tools/h/arguments/0",
                "",
                "expected the values of one or more arguments in \"with\""),
            new Fault("/unlisted/tools", "known", "expected allow or deny"),
            new Fault("/unlisted/tool", "", "there is no such member; the nearest is \"tools\""),
            new Fault("/conceal-rules", "yes", "expected true or false"),
            new Fault("/scope-implies/a", "1", "expected a text, in quotes"),
            new Fault("/prompts", "", "expected an object")),
        faults(
            """
            {"tols": {}, "unlisted": {"tools": "known", "tool": "deny"}, "conceal-rules": "yes",
             "scope-implies": {"a": 1}, "prompts": [],
             "tools": {"a": {"scope": "x"}, "b": 1, "c": "x |", "d": {"max-age": "5 min"},
               "e": {"acr-values": 2}, "f": {"scopes": "deny", "acr-values": "2"},
               "g": {"arguments": "x", "scopes": "x"}, "h": {"arguments": [{"with": {"l": []}}]}}}
            """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tools\":{\"a\":\"x\",\"a\":\"y\"}}",
        "{\"tools\":{}} {}",
        "{\"tools\":{},}",
        "[]",
        "",
        "{\"resources\":{\"db://a/../b/*\":\"x\"}}",
        "{\"resources\":{\"\":\"x\"}}",
        "{\"methods\":{\"tools call\":\"x\"}}",
        "{\"tools\":{\" a\":\"x\"}}",
        "{\"tools\":{\"files_*\":\"x\"}}",
        "{\"tools\":{\"a\":{\"arguments\":[{\"with\":{\"x\":1}},{\"with\":{\"x\":1.0}}]}}}",
        "{\"tools\":{\"a\":null}}"
      })
  void refusesWhatIsNotExactlyThat(String json) {
    assertEquals(1, read(json, false).faults().size(), () -> read(json, false).toString());
  }

  @Test
  void saysTheLineOfWhatIsNoJson() {
    assertEquals(
        List.of(new Fault("", "", "expected JSON (RFC 8259) in line 3")),
        read("{\n \"tools\": {\n  \"a\": x\n}}", false).faults());
  }

  static Stream<String> notTheSameForEveryReader() {
    return Stream.of(
        "tools:\n  a: &x none\n  b: *x\n",
        "tools:\n  a: &x none\n",
        "tools: &t {}\n",
        "tools:\n  a: none\n  a: deny\n",
        "tools:\n  \"a\": none\n  a: deny\n",
        "tools:\n  a: !!str none\n",
        "tools: !!map {}\n",
        "tools: {}\n---\ntools: {}\n",
        "tools:\n  ? [a]\n  : none\n",
        "tools:\n  1: none\n",
        "tools:\n  true: none\n",
        "tools:\n  a: [none\n",
        "tools:\n\ta: none\n",
        "a: *b\n",
        "",
        "<<: {tools: {}}\n",
        "tools:\n  a: {max-age: 1e400}\n",
        "tools:\n  a:\n",
        "\"" + "[".repeat(3) + "\n");
  }

  @ParameterizedTest
  @MethodSource
  void notTheSameForEveryReader(String yaml) {
    assertEquals(1, read(yaml, true).faults().size(), () -> read(yaml, true).toString());
  }

  @Test
  void saysTheLineOfWhatIsNoYaml() {
    assertEquals(
        List.of(new Fault("", "", "expected each key once in line 4")),
        read("# \ud83d\ude00\ntools:\n  a: none\n  a: deny\n", true).faults());
  }

  @Test
  void takesNoWordForALiteral() {
    PolicyFile file = read("tools:\n  yes: none\n  off: no\n  ~: deny\n", true);

    assertEquals(
        List.of(), file.faults().stream().filter(fault -> !fault.pointer().isEmpty()).toList());
    assertEquals(
        Requirement.allOf("no"),
        read("tools:\n  off: no\n", true).rules().rules().get(Target.tool("off")));
  }

  @Test
  void neverThrowsOnWhatIsNoPolicy() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < 5_000; run++) {
      byte[] bytes = (run % 2 == 0 ? JSON : YAML).getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(run % 3 == 0 ? 256 : 128);
      }
      try {
        PolicyFile.read(bytes, run % 2 == 1);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", run " + run, e);
      }
    }
  }

  @Test
  void aDeepOrHugeFileIsRefused() {
    String deep = "[".repeat(100_000);
    assertEquals(1, read(deep, false).faults().size());
    assertEquals(1, read(deep, true).faults().size());
    assertEquals(1, read("- ".repeat(100_000), true).faults().size());
    assertEquals(1, PolicyFile.read(new byte[33 * 1024 * 1024], true).faults().size());
  }
}
