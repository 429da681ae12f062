package dev.countersign;

import static dev.countersign.Engines.challenge;
import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.Response;
import dev.countersign.mcp.Requirement;
import dev.countersign.mcp.Target;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.ScopePolicy;
import dev.countersign.spi.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verdict of the policy becomes on the wire, and what a reload does. */
class PolicyEngineTest {

  private static final String BASE = "good.mcp_read";

  @TempDir private Path folder;

  private static MemoryExchange post(String token, String json) {
    return MemoryExchange.of("POST", "/mcp").bearer(token).json(json);
  }

  private static String call(String tool) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\"}}";
  }

  private static Consumer<ConfigBuilder> rules(String tool, String requirement) {
    return config ->
        config.primaryResource().rule(Target.tool(tool), Requirement.parse(requirement));
  }

  @Test
  void SC4_U19_aDeniedToolGetsA403WithoutAChallenge() {
    ResourceServer engine = engine(rules("t", "a"));
    Response unlisted = post(BASE, call("u")).refusedBy(engine);

    assertEquals(403, unlisted.status());
    assertEquals("", challenge(unlisted));
    assertEquals(
        unlisted, post("good.mcp_read.a", call("u")).refusedBy(engine(rules("u", "deny"))));
  }

  @Test
  void SC12_concealedRulesGiveTheSameBytesAsNoRule() {
    ResourceServer engine =
        engine(rules("t", "a").andThen(config -> config.primaryResource().concealRules(true)));

    assertEquals(post(BASE, call("u")).refusedBy(engine), post(BASE, call("t")).refusedBy(engine));
  }

  @Test
  void SC2_SC13_U05_aChallengeNamesOneAlternativeAndAlwaysTheSame() {
    ResourceServer engine =
        engine(
            rules("t", "a | b c")
                .andThen(config -> config.primaryResource().scopeImplies("admin", "a")));
    Response first = post(BASE, call("t")).refusedBy(engine);

    assertTrue(challenge(first).contains("scope=\"mcp:read a\""), challenge(first));
    for (int run = 0; run < 20; run++) {
      assertEquals(first, post(BASE, call("t")).refusedBy(engine));
    }
    assertTrue(post("good.mcp_read.admin", call("t")).admittedBy(engine));
  }

  @Test
  void U17_C38_aBatchThatNoChallengeCanNameIsForbidden() {
    String a = "a".repeat(1000);
    String b = "b".repeat(1000);
    ResourceServer engine = engine(rules("a", a).andThen(rules("b", b)));

    assertEquals(403, post(BASE, call("a")).refusedBy(engine).status());
    assertTrue(challenge(post(BASE, call("a")).refusedBy(engine)).contains(a));
    Response both = post(BASE, "[" + call("a") + "," + call("b") + "]").refusedBy(engine);
    assertEquals(403, both.status());
    assertEquals("", challenge(both));
  }

  @Test
  void U10_theApplicationsPolicyIsAskedAfterTheRules() {
    ScopePolicy owner =
        (token, calls) ->
            token.subject().equals("subject") && calls.get(0).name().equals("mine")
                ? new Verdict.Permitted()
                : new Verdict.Forbidden();
    ResourceServer engine = engine(config -> config.primaryResource().scopePolicy(owner));

    assertTrue(post(BASE, call("mine")).admittedBy(engine));
    Response refused = post(BASE, call("other")).refusedBy(engine);
    assertEquals(403, refused.status());
    assertEquals("", challenge(refused));
  }

  @Test
  void U10_anApplicationsPolicyThatFailsAdmitsNobody() {
    ScopePolicy broken =
        (token, calls) -> {
          throw new UncheckedIOException(new IOException("no database"));
        };
    @SuppressWarnings("NullAway") // what an application must not do
    ScopePolicy silent = (token, calls) -> null;
    for (ScopePolicy policy : List.of(broken, silent)) {
      ResourceServer engine = engine(config -> config.primaryResource().scopePolicy(policy));
      assertEquals(503, post(BASE, call("t")).refusedBy(engine).status());
    }
  }

  @Test
  void U11_anElevationIsReportedWithWhatIsNeededAndWhatTheTokenHasOfIt() {
    List<Decision> told = new ArrayList<>();
    ResourceServer engine =
        engine(rules("t", "a b").andThen(config -> config.listener(e -> told.add(e.decision()))));

    post("good.mcp_read.a.private", call("t")).refusedBy(engine);

    Decision.Denied denied = (Decision.Denied) told.get(0);
    assertEquals(Denial.MISSING_SCOPE, denied.why());
    assertEquals("lacks b; has mcp:read a", denied.detail());
    assertFalse(denied.toString().contains("private"), "the value of a claim");
  }

  private Path policy(String json) throws IOException {
    return Files.writeString(folder.resolve("policy.json"), json);
  }

  private ResourceServerConfig fromFile() {
    // One that several threads can use.
    ConfigBuilder builder =
        Engines.builder()
            .tokenValidator((token, resource) -> new StubValidator().validate(token, resource));
    builder.primaryResource().policyFile(folder.resolve("policy.json").toString());
    return builder.build();
  }

  @Test
  void SC9_aBrokenFileLeavesTheOldRulesAndSaysSo() throws IOException {
    policy("{\"tools\":{\"t\":\"a\"}}");
    try (ResourceServer engine = ResourceServer.create(fromFile());
        LogCapture log = new LogCapture()) {
      for (String broken :
          List.of(
              "{\"tools\":{\"t\":\"none\"}", "{\"tool\":{}}", "", "{\"tools\":{\"t\":\"|\"}}")) {
        policy(broken);
        assertFalse(engine.reload(this::fromFile));
        assertEquals(403, post(BASE, call("t")).refusedBy(engine).status());
      }
      assertTrue(log.lines.toString().contains("policy#/tool"), () -> log.lines.toString());
      policy("{\"tools\":{\"t\":\"none\"}}");
      assertTrue(engine.reload(this::fromFile));
      assertTrue(post(BASE, call("t")).admittedBy(engine));
    }
  }

  @Test
  void SC8_aRequestSeesOneSetOfRulesWhileTheyAreReloaded() throws Exception {
    // Either set permits one of the two calls; no mixture of both is to permit the batch.
    String one = "{\"tools\":{\"a\":\"none\",\"b\":\"deny\"}}";
    String other = "{\"tools\":{\"a\":\"deny\",\"b\":\"none\"}}";
    policy(one);
    String batch = "[" + call("a") + "," + call("b") + "]";
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch started = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (ResourceServer engine = ResourceServer.create(fromFile())) {
      List<Future<Integer>> admitted = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        admitted.add(threads.submit(() -> admitted(engine, batch, started, stop)));
      }
      started.await();
      for (int reload = 0; reload < 30; reload++) {
        policy(reload % 2 == 0 ? other : one);
        assertTrue(engine.reload(this::fromFile));
      }
      stop.set(true);
      for (Future<Integer> count : admitted) {
        assertEquals(0, count.get(30, TimeUnit.SECONDS));
      }
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
  }

  private static int admitted(
      ResourceServer engine, String batch, CountDownLatch started, AtomicBoolean stop)
      throws IOException {
    int admitted = 0;
    do {
      admitted += engine.admit(post(BASE, batch)) ? 1 : 0;
      started.countDown();
    } while (!stop.get());
    return admitted;
  }
}
