package dev.countersign.mcp;

import static dev.countersign.mcp.Policies.FORBIDDEN;
import static dev.countersign.mcp.Policies.PERMITTED;
import static dev.countersign.mcp.Policies.lacking;
import static dev.countersign.mcp.Policies.policy;
import static dev.countersign.mcp.Policies.read;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.countersign.spi.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for the URIs of resources. */
class ResourceRulesTest {

  private static Verdict needs(Policies rules, String uri) {
    return rules.judge("mcp", read(uri));
  }

  @Test
  void SC5_aPrefixMatchesWholeSegmentsOfLiteralText() {
    Policies rules = policy().resource("files:files/*", "r");

    assertEquals(lacking("mcp r"), needs(rules, "files:files/a"));
    assertEquals(lacking("mcp r"), needs(rules, "files:files/a/b"));
    for (String other :
        List.of(
            "files:files/../admin",
            "files:filesX",
            "files:filesX/a",
            "files:files/",
            "files:files",
            "files:Files/a",
            "files:files/a/",
            "files:files//a")) {
      assertEquals(FORBIDDEN, rules.judge("mcp r", read(other)), other);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///public/../secret",
        "file:///public/./a",
        "file:///public/%2e%2e/secret",
        "file:///public/%2E%2E/secret",
        "file:///public/a%2Fb",
        "file:///public/a%5Cb",
        "file:///public/a\\b",
        "file:///public/%61",
        "file:///public/%e4",
        "file:///public/%zz",
        "file:///public/%",
        "file:///public/%2",
        "file:///public/%252e",
        "file:///public/a%00",
        "file:///public//a",
        "file:///public/a/",
        "FILE:///public/a",
        "file:///public/a?b=/../c",
        "file:///public/a#x",
        "file:///public/a b",
        "file:///public/\u00e4",
        "public/a",
        "/public/a",
        "",
        "file:///public/..",
        "file:///public/a\n",
        "file://Host/public/a"
      })
  void BP34_aUriThatNormalizationChangesFitsNoPattern(String uri) {
    Policies rules =
        policy()
            .resource("file:///public/*", "none")
            .resource("file:///{x}", "none")
            .unlisted(Target.Kind.RESOURCE, Unlisted.ALLOW);

    assertEquals(FORBIDDEN, rules.judge("mcp", read(uri)), uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h:80/public/a",
        "https://h:443/public/a",
        "http://h:/public/a",
        "http://h%41/public/a",
        "http://H/public/a"
      })
  void BP34_anAuthorityHasOneSpelling(String uri) {
    Policies rules =
        policy().resource("http://{host}/public/*", "none").resource("https://{host}/*", "none");

    assertEquals(FORBIDDEN, rules.judge("mcp", read(uri)), uri);
    assertEquals(PERMITTED, rules.judge("mcp", read("http://h:8080/public/%C3%A4")));
  }

  @Test
  void BP33_anExactRuleIsForTheExactTextWhateverItIs() {
    Policies rules = policy().resource("note:Caf\u00e9 ?#..", "a").resource("db://x/*", "none");

    assertEquals(lacking("mcp a"), needs(rules, "note:Caf\u00e9 ?#.."));
    assertEquals(FORBIDDEN, rules.judge("mcp a", read("note:caf\u00e9 ?#..")));
  }

  @Test
  void SC6_theSmallestPatternHolds() {
    Policies rules =
        policy()
            .resource("db://*", "scheme")
            .resource("db://h/*", "host")
            .resource("db://h/a/*", "deep")
            .resource("db://{host}/a/b", "template")
            .resource("db://h/a/{x}", "variable")
            .resource("db://h/a/b", "exact");

    assertEquals(lacking("mcp exact"), needs(rules, "db://h/a/b"));
    assertEquals(lacking("mcp variable"), needs(rules, "db://h/a/c"));
    assertEquals(lacking("mcp template"), needs(rules, "db://other/a/b"));
    assertEquals(lacking("mcp deep"), needs(rules, "db://h/a/b/c"));
    assertEquals(lacking("mcp host"), needs(rules, "db://h/x"));
    assertEquals(lacking("mcp scheme"), needs(rules, "db://other/x"));
    assertEquals(FORBIDDEN, needs(rules, "dbx://h/x"));
  }

  @Test
  void SC6_betweenTwoPatternsOfTheSameRankNothingIsAllowed() {
    Policies rules =
        policy()
            .resource("db://{host}/secret", "none")
            .resource("db://public/{table}", "none")
            .resource("x://{a}/{b}/*", "none")
            .resource("x://h/*", "none");

    assertEquals(FORBIDDEN, rules.judge("mcp", read("db://public/secret")));
    assertEquals(PERMITTED, rules.judge("mcp", read("db://public/other")));
    assertEquals(PERMITTED, rules.judge("mcp", read("db://other/secret")));
    assertEquals(FORBIDDEN, rules.judge("mcp", read("x://h/b/c")));
    assertEquals(PERMITTED, rules.judge("mcp", read("x://h/b")));
    assertEquals(PERMITTED, rules.judge("mcp", read("x://y/b/c")));
    assertEquals(
        PERMITTED,
        rules.resource("db://public/secret", "none").judge("mcp", read("db://public/secret")));
  }

  @Test
  void SC6_tiesAreFoundWhenTheConfigurationIsRead() {
    Policies rules =
        policy()
            .resource("db://{host}/secret", "none")
            .resource("db://public/{table}", "none")
            .resource("x://{a}/{b}/*", "none")
            .resource("x://h/*", "none")
            .resource("y://{a}", "none")
            .resource("y://{b}", "none")
            .resource("z://a/{b}", "none")
            .resource("z://{a}/{b}", "none")
            .resource("z://{a}/*", "none");

    assertEquals(
        3, PolicyConflicts.of(rules.rules()).size(), PolicyConflicts.of(rules.rules())::toString);
    rules.resource("db://public/secret", "none").resource("x://h/{b}/*", "none");
    assertEquals(
        List.of(Target.resource("y://{b}")),
        List.copyOf(PolicyConflicts.of(rules.rules()).keySet()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db://a/{b}c",
        "db://a/{}",
        "db://a/{b",
        "db://a/b}",
        "{x}://a",
        "db://a/../*",
        "a/*",
        "db://a//*",
        "db://A/*",
        "db://a/%61/*",
        "db://a?b/*",
        "*",
        "db://a/b*",
        "db://a/**/x",
        "db://a/*/x",
        "/*",
        "db://a/{b}/"
      })
  void SC11_aPatternIsSegmentsAndNothingElse(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> Target.resource(pattern).check(), pattern);
  }

  @ParameterizedTest
  @ValueSource(strings = {"db://*", "db:/*", "urn:x/*", "file:///*", "db://{h}", "a:b/{c}/*"})
  void takesPatterns(String pattern) {
    assertDoesNotThrow(() -> Target.resource(pattern).check(), pattern);
  }

  @Test
  void SC11_noSetOfPatternsTakesLong() {
    Policies rules = policy();
    for (int mask = 0; mask < 1 << 10; mask++) {
      StringBuilder pattern = new StringBuilder("a://h");
      for (int bit = 0; bit < 20; bit++) {
        pattern.append(bit >= 10 || (mask >> bit & 1) == 0 ? "/{v}" : "/a");
      }
      rules.resource(pattern + (mask % 2 == 0 ? "" : "/*"), "none");
    }
    AccessPolicy policy = rules.build();

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          for (int run = 0; run < 20; run++) {
            Policies.judge(policy, Policies.token("mcp"), read("a://h" + "/a".repeat(20)));
            Policies.judge(policy, Policies.token("mcp"), read("a://h" + "/a".repeat(400_000)));
          }
        });
  }
}
