package dev.countersign.mcp;

import static dev.countersign.mcp.Policies.BASE;
import static dev.countersign.mcp.Policies.FORBIDDEN;
import static dev.countersign.mcp.Policies.PERMITTED;
import static dev.countersign.mcp.Policies.call;
import static dev.countersign.mcp.Policies.judge;
import static dev.countersign.mcp.Policies.lacking;
import static dev.countersign.mcp.Policies.method;
import static dev.countersign.mcp.Policies.policy;
import static dev.countersign.mcp.Policies.read;
import static dev.countersign.mcp.Policies.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.JsonRpcCall;
import dev.countersign.spi.ScopePolicy;
import dev.countersign.spi.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPolicyTest {

  private static final AuthenticationStrength MFA =
      new AuthenticationStrength(List.of("mfa"), Optional.empty());

  // Scopes

  @Test
  void SC1_U01_namesBothScopesWhereOneIsMissing() {
    Policies rules = policy().tool("t", "a b");

    assertEquals(lacking("mcp a b"), rules.judge("mcp a", call("t")));
    assertEquals(lacking("mcp a b"), rules.judge("mcp b", call("t")));
    assertEquals(PERMITTED, rules.judge("mcp a b", call("t")));
    assertEquals(lacking("mcp a b"), rules.judge("a b", call("t")));
  }

  @Test
  void SC2_eitherOfTwoScopesIsEnough() {
    Policies rules = policy().tool("t", "a b | c");

    assertEquals(PERMITTED, rules.judge("mcp a b", call("t")));
    assertEquals(PERMITTED, rules.judge("mcp c", call("t")));
    assertEquals(lacking("mcp c"), rules.judge("mcp", call("t")));
    assertEquals(lacking("mcp a b"), rules.judge("mcp a", call("t")));
    // As many are missing of both: the first is preferred.
    assertEquals(lacking("mcp x"), policy().tool("t", "x | y").judge("mcp", call("t")));
  }

  @Test
  void SC3_U04_aBroaderScopeIsGoodForWhatNeedsANarrowerOne() {
    Policies rules = policy().tool("t", "read").implies("admin", "write").implies("write", "read");

    assertEquals(PERMITTED, rules.judge("mcp admin", call("t")));
    assertEquals(PERMITTED, rules.judge("mcp write", call("t")));
    assertEquals(PERMITTED, policy().implies("all", "mcp").judge("all", method("ping")));
  }

  @Test
  void U05_theBroaderScopeIsNeverAskedFor() {
    Policies rules = policy().tool("t", "read").tool("u", "write").implies("write", "read");

    assertEquals(lacking("mcp read"), rules.judge("mcp", call("t")));
    assertEquals(lacking("mcp write"), rules.judge("mcp read", call("u")));
    assertEquals(lacking("mcp write read"), rules.judge("mcp", call("u"), call("t")));
  }

  @Test
  void CL37_aScopeCannotImplyItself() {
    for (Policies cycle :
        List.of(
            policy().implies("a", "a"),
            policy().implies("a", "b").implies("b", "a"),
            policy().implies("a", "b").implies("b", "x c").implies("c", "a"))) {
      assertThrows(IllegalArgumentException.class, cycle::build);
    }
  }

  @Test
  void U17_aBatchNeedsEverythingAtOnceAndOneRefusalRefusesAll() {
    Policies rules = policy().tool("a", "x").tool("b", "y | z").tool("no", "deny");

    assertEquals(lacking("mcp x y"), rules.judge("mcp", call("a"), method("ping"), call("b")));
    assertEquals(lacking("mcp x z"), rules.judge("mcp z", call("a"), call("b")));
    assertEquals(FORBIDDEN, rules.judge("mcp x y", call("a"), call("no"), call("b")));
    assertEquals(FORBIDDEN, rules.judge("mcp", call("a"), call("unknown")));
    assertEquals(PERMITTED, rules.judge("mcp x z", call("a"), call("b")));
  }

  @Test
  void U06_SC13_U24_theSameCallGetsTheSameAnswerAndTheScopesItNamesAreEnough() {
    AccessPolicy rules = policy().tool("t", "b a | c").tool("u", "c | d e").build();
    for (String held : List.of("", "mcp", "c", "mcp e", "mcp a", "d a")) {
      Verdict first = judge(rules, token(held), call("t"), call("u"));
      for (int run = 0; run < 20; run++) {
        assertEquals(first.toString(), judge(rules, token(held), call("t"), call("u")).toString());
      }
      String asked = ((Verdict.Lacking) first).needed().toString();
      assertEquals(PERMITTED, judge(rules, token(asked), call("t"), call("u")), held);
    }
  }

  // What no rule names

  @Test
  void SC4_U19_aToolWithoutARuleIsDeniedWhereThereAreRules() {
    Policies rules = policy().tool("t", "a");

    assertEquals(FORBIDDEN, rules.judge("mcp a", call("other")));
    assertEquals(
        PERMITTED, rules.unlisted(Target.Kind.TOOL, Unlisted.ALLOW).judge("mcp", call("other")));
    assertEquals(PERMITTED, policy().judge("mcp", call("other")));
    assertEquals(lacking("mcp"), policy().judge("", call("other")));
    assertEquals(
        FORBIDDEN, policy().unlisted(Target.Kind.TOOL, Unlisted.DENY).judge("mcp", call("other")));
  }

  @Test
  void U19_U09_rulesOfOneKindSayNothingAboutOthers() {
    Policies rules = policy().tool("t", "a");

    assertEquals(PERMITTED, rules.judge("mcp", method("tools/list")));
    assertEquals(PERMITTED, rules.judge("mcp", read("file:///x")));
    assertEquals(PERMITTED, rules.judge("mcp", new JsonRpcCall("prompts/get", "p")));
    assertEquals(PERMITTED, rules.judge("mcp"));
    assertEquals(lacking("mcp"), rules.judge("other"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tools/call",
        "TOOLS/CALL",
        "tools/call ",
        " tools/call",
        "tools/call\0",
        "tools/call/",
        "tools//call",
        "tools/\uff43all",
        "\uff54ools/call",
        "tools.call",
        "tools/call\n",
        "rpc.discover",
        "vendor/delete",
        "initialize "
      })
  void BP23_U19_aMethodThatMcpDoesNotKnowIsDenied(String method) {
    Policies rules = policy().tool("t", "a");

    assertEquals(FORBIDDEN, rules.judge("mcp a", method(method)), method);
    assertEquals(
        PERMITTED, rules.unlisted(Target.Kind.METHOD, Unlisted.ALLOW).judge("mcp", method(method)));
    assertEquals(PERMITTED, policy().judge("mcp", method(method)));
  }

  @Test
  void U19_methodsCanBeDeniedButForTheNamedOnes() {
    Policies rules =
        policy()
            .rule(Target.method("ping"), "none")
            .tool("t", "a")
            .unlisted(Target.Kind.METHOD, Unlisted.DENY);

    assertEquals(PERMITTED, rules.judge("mcp", method("ping")));
    assertEquals(PERMITTED, rules.judge("mcp a", call("t")));
    assertEquals(FORBIDDEN, rules.judge("mcp", method("initialize")));
    assertEquals(FORBIDDEN, rules.judge("mcp", read("file:///x")));
    assertEquals(PERMITTED, rules.judge("mcp", method("")), "an answer of the client");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Delete",
        "delete ",
        " delete",
        "delete\0",
        "de\u200blete",
        "d\u0435lete",
        "\uff44elete",
        "\u202edelete",
        "caf\u0065\u0301",
        ""
      })
  void BP24_aNameThatOnlyLooksTheSameHasNoRule(String name) {
    Policies rules = policy().tool("delete", "none").tool("caf\u00e9", "none");

    assertEquals(FORBIDDEN, rules.judge("mcp", call(name)), name);
  }

  @Test
  void BP25_aNameThatIsNotNormalIsComparedByItsCodePoints() {
    Target tool = Target.tool("caf\u0065\u0301");
    tool.check();

    assertEquals(PERMITTED, policy().rule(tool, "a").judge("mcp a", call("caf\u0065\u0301")));
    assertEquals(FORBIDDEN, policy().rule(tool, "a").judge("mcp a", call("caf\u00e9")));
  }

  @Test
  void BP33_H20_everyUseOfAResourceOrAPromptIsJudged() {
    Policies rules =
        policy().resource("db://x", "r").resource("db://t/{id}", "s").rule(Target.prompt("p"), "q");
    for (String method :
        List.of("resources/read", "resources/subscribe", "resources/unsubscribe")) {
      assertEquals(
          lacking("mcp r"),
          rules.judge("mcp", new JsonRpcCall(method, "", Map.of("uri", "db://x"))),
          method);
    }
    assertEquals(
        lacking("mcp q"),
        rules.judge("mcp", new JsonRpcCall("prompts/get", "", Map.of("name", "p"))));
    assertEquals(lacking("mcp q"), rules.judge("mcp", completion("ref/prompt", "name", "p")));
    assertEquals(lacking("mcp r"), rules.judge("mcp", completion("ref/resource", "uri", "db://x")));
    assertEquals(
        lacking("mcp s"), rules.judge("mcp", completion("ref/resource", "uri", "db://t/{id}")));
    assertEquals(FORBIDDEN, rules.judge("mcp", completion("ref/other", "name", "p")));
    assertEquals(FORBIDDEN, rules.judge("mcp", method("completion/complete")));
    assertEquals(FORBIDDEN, rules.judge("mcp r", read("db://X")));
    assertEquals(lacking("mcp r s"), rules.judge("mcp", listen(List.of("db://x", "db://t/1"))));
    assertEquals(FORBIDDEN, rules.judge("mcp r s", listen(List.of("db://x", "db://y"))));
    assertEquals(FORBIDDEN, rules.judge("mcp r s", listen(List.of(1L))));
    assertEquals(FORBIDDEN, rules.judge("mcp r s", listen("db://x")));
    assertEquals(PERMITTED, rules.judge("mcp", method("subscriptions/listen")));
  }

  private static JsonRpcCall completion(String type, String member, String value) {
    return new JsonRpcCall(
        "completion/complete", "", Map.of("ref", Map.of("type", type, member, value)));
  }

  private static JsonRpcCall listen(Object uris) {
    return new JsonRpcCall(
        "subscriptions/listen", "", Map.of("notifications", Map.of("resourceSubscriptions", uris)));
  }

  @Test
  void SC6_theRuleForANameHoldsBeforeTheOneForItsMethod() {
    Policies rules = policy().rule(Target.method("tools/call"), "m").tool("t", "a");

    assertEquals(PERMITTED, rules.judge("mcp a", call("t")));
    assertEquals(lacking("mcp m"), rules.judge("mcp", call("other")));
    assertEquals(PERMITTED, rules.judge("mcp m", call("other")));
  }

  @Test
  void SC12_aMissingScopeLooksLikeAnUnknownTool() {
    Policies rules = policy().tool("t", "a").concealed();

    assertEquals(FORBIDDEN, rules.judge("mcp", call("t")));
    assertEquals(FORBIDDEN, rules.judge("mcp", call("unknown")));
    assertEquals(lacking("mcp"), rules.judge("", call("t")));
    assertEquals(lacking("mcp"), rules.judge("", call("unknown")));
    assertEquals(PERMITTED, rules.judge("mcp a", call("t")));
  }

  // The login

  @Test
  void U23_U21_tooLittleScopeAndAWeakLoginAreNamedTogether() {
    AccessPolicy rules =
        policy().rule(Target.tool("pay"), Requirement.allOf("pay").with(MFA)).build();

    assertEquals(
        new Verdict.Lacking(Scope.of("mcp", "pay"), MFA), judge(rules, token("mcp"), call("pay")));
    assertEquals(
        new Verdict.Lacking(Scope.of("mcp", "pay"), MFA),
        judge(rules, token("mcp pay"), call("pay")));
    assertEquals(lacking("mcp pay"), judge(rules, token("mcp", Map.of("acr", "mfa")), call("pay")));
    assertEquals(PERMITTED, judge(rules, token("mcp pay", Map.of("acr", "mfa")), call("pay")));
  }

  @Test
  void U24_aLoginThatNobodyCanHaveIsNotAskedFor() {
    AuthenticationStrength other = new AuthenticationStrength(List.of("pwd"), Optional.empty());
    AccessPolicy rules =
        policy()
            .rule(Target.tool("a"), Requirement.NOTHING.with(MFA))
            .rule(Target.tool("b"), Requirement.NOTHING.with(other))
            .build();

    assertEquals(FORBIDDEN, judge(rules, token("mcp", Map.of("acr", "mfa")), call("a"), call("b")));
    assertEquals(PERMITTED, judge(rules, token("mcp", Map.of("acr", "pwd")), call("b")));
  }

  @Test
  void U22_theShortestAgeOfABatchCounts() {
    AccessPolicy rules =
        policy()
            .rule(Target.tool("a"), Requirement.NOTHING.with(age(60)))
            .rule(Target.tool("b"), Requirement.NOTHING.with(age(600)))
            .build();
    Map<String, Object> old = Map.of("auth_time", Policies.NOW.getEpochSecond() - 100);

    assertEquals(PERMITTED, judge(rules, token("mcp", old), call("b")));
    assertEquals(
        new Verdict.Lacking(BASE, age(60)), judge(rules, token("mcp", old), call("b"), call("a")));
  }

  private static AuthenticationStrength age(int seconds) {
    return new AuthenticationStrength(List.of(), Optional.of(Duration.ofSeconds(seconds)));
  }

  // What the application says

  private static AccessPolicy with(ScopePolicy... further) {
    return new AccessPolicy(
        policy().tool("t", "a").rules(), BASE, AuthenticationStrength.ANY, List.of(further));
  }

  @Test
  void U10_theApplicationCanRefuseWhatTheRulesPermit() {
    assertEquals(FORBIDDEN, judge(with((token, calls) -> FORBIDDEN), token("mcp a"), call("t")));
    assertEquals(
        lacking("mcp a owner"),
        judge(with((token, calls) -> lacking("owner")), token("mcp a"), call("t")));
    assertEquals(PERMITTED, judge(with((token, calls) -> PERMITTED), token("mcp a"), call("t")));
    assertEquals(
        FORBIDDEN,
        judge(
            with((token, calls) -> lacking("x"), (token, calls) -> FORBIDDEN),
            token("mcp a"),
            call("t")));
    assertEquals(
        lacking("mcp a x y"),
        judge(
            with((token, calls) -> lacking("x"), (token, calls) -> lacking("y")),
            token("mcp a"),
            call("t")));
  }

  @Test
  void U10_theApplicationCannotPermitWhatTheRulesRefuse() {
    List<Object> asked = new ArrayList<>();
    AccessPolicy rules =
        with(
            (token, calls) -> {
              asked.add(calls);
              return PERMITTED;
            });

    assertEquals(lacking("mcp a"), judge(rules, token("mcp"), call("t")));
    assertEquals(FORBIDDEN, judge(rules, token("mcp a"), call("u")));
    assertEquals(List.of(), asked);
    assertEquals(PERMITTED, judge(rules, token("mcp a"), call("t")));
    assertEquals(List.of(List.of(call("t"))), asked);
  }

  @Test
  void U10_aPolicyThatThrowsOrSaysNothingPermitsNothing() {
    assertThrows(
        IllegalStateException.class,
        () ->
            judge(
                with(
                    (token, calls) -> {
                      throw new IllegalStateException("no database");
                    }),
                token("mcp a"),
                call("t")));
    @SuppressWarnings("NullAway") // what an application must not do
    ScopePolicy silent = (token, calls) -> null;
    assertThrows(NullPointerException.class, () -> judge(with(silent), token("mcp a"), call("t")));
  }

  @Test
  void U24_whatTheTokenHasIsNotAskedForAgain() {
    assertEquals(FORBIDDEN, judge(with((token, calls) -> lacking("a")), token("mcp a"), call("t")));
  }

  @Test
  void theBodyIsNeededOnlyWhereItDecides() {
    assertFalse(policy().build().needsCalls());
    assertFalse(policy().implies("a", "b").build().needsCalls());
    assertFalse(policy().unlisted(Target.Kind.TOOL, Unlisted.ALLOW).build().needsCalls());
    assertTrue(policy().tool("t", "none").build().needsCalls());
    assertTrue(policy().unlisted(Target.Kind.TOOL, Unlisted.DENY).build().needsCalls());
    assertTrue(with((token, calls) -> PERMITTED).needsCalls());
  }
}
