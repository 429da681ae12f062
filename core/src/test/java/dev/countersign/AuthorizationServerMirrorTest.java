package dev.countersign;

import static dev.countersign.FakeMetadataServer.OAUTH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.Response;
import dev.countersign.internal.HttpFetcher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationServerMirrorTest {

  private final FakeMetadataServer server = new FakeMetadataServer();
  private final SettableClock clock = new SettableClock();
  private final List<ResourceServer> engines = new ArrayList<>();

  @AfterEach
  void end() {
    engines.forEach(ResourceServer::close);
    server.close();
  }

  private ConfigBuilder builder() {
    return ResourceServerConfig.builder("https://mcp.example/mcp")
        .authorizationServer(server.issuer())
        .allowHttpOnLoopback()
        .tokenValidator(new StubValidator())
        .clock(clock)
        .legacyAsMirror(true);
  }

  private ResourceServer engine(ConfigBuilder builder) {
    ResourceServer engine = ResourceServer.create(builder.build());
    engines.add(engine);
    return engine;
  }

  private static Response get(ResourceServer engine, String path) {
    return MemoryExchange.of("GET", path).refusedBy(engine);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/oauth-authorization-server",
        "/.well-known/oauth-authorization-server/mcp",
        "/mcp/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
        "/.well-known/openid-configuration/mcp",
        "/mcp/.well-known/openid-configuration"
      })
  void M82_servesAVerbatimCopyAtEverySpelling(String path) {
    String document = server.serve(OAUTH);

    Response response = get(engine(builder()), path);

    assertEquals(200, response.status());
    assertEquals(document, response.body());
    assertEquals(List.of("*"), response.values("Access-Control-Allow-Origin"));
    assertEquals(List.of("public, max-age=300"), response.values("Cache-Control"));
  }

  @Test
  void M82_isOffByDefault() {
    server.serve(OAUTH);

    Response response = get(engine(builder().legacyAsMirror(false)), OAUTH);

    assertEquals(404, response.status());
    assertEquals(0, server.requests.get());
  }

  @Test
  void servesItForEveryResource() {
    server.serve(OAUTH);
    ConfigBuilder builder = builder();
    builder.resource("b").resource("https://mcp.example/b");

    assertEquals(200, get(engine(builder), "/b" + OAUTH).status());
  }

  @Test
  void findsTheDocumentWhereverItIs() {
    String document = server.serve("/.well-known/openid-configuration");

    assertEquals(document, get(engine(builder()), OAUTH).body());
    assertEquals(2, server.requests.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"issuer\":\"https://other.example\"}",
        "{\"issuer\":\"%s/\"}",
        "{}",
        "[]",
        "",
        "x",
        "{\"issuer\":\"%s\",\"issuer\":\"%s\"}",
        "\uFEFF{\"issuer\":\"%s\"}"
      })
  void M82_O02_servesNothingThatIsNotOfTheIssuer(String document) {
    server.documents.put(
        OAUTH, document.replace("%s", server.issuer()).getBytes(StandardCharsets.UTF_8));

    Response response = get(engine(builder()), OAUTH);

    assertEquals(404, response.status());
    assertEquals(List.of("application/json"), response.values("Content-Type"));
  }

  @Test
  void asksAgainAfterFiveMinutesOnly() {
    server.serve(OAUTH);
    ResourceServer engine = engine(builder());
    get(engine, OAUTH);
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    get(engine, OAUTH);
    assertEquals(1, server.requests.get());

    clock.advance(Duration.ofMillis(1));
    server.documents.put(
        OAUTH,
        ("{\"issuer\":\"" + server.issuer() + "\",\"new\":1}").getBytes(StandardCharsets.UTF_8));

    assertTrue(get(engine, OAUTH).body().contains("\"new\""));
    assertEquals(2, server.requests.get());
  }

  @Test
  void keepsTheOldCopyWhileTheServerIsDown() {
    String document = server.serve(OAUTH);
    ResourceServer engine = engine(builder());
    get(engine, OAUTH);
    server.documents.clear();
    clock.advance(Duration.ofHours(1));

    assertEquals(document, get(engine, OAUTH).body());
    assertEquals(document, get(engine, OAUTH).body());
  }

  @Test
  void M67_answers404WhileThereIsNoCopyAndAsksAgainAfterAPause() {
    ResourceServer engine = engine(builder());

    assertEquals(404, get(engine, OAUTH).status());
    int asked = server.requests.get();
    assertEquals(404, get(engine, OAUTH).status());
    assertEquals(asked, server.requests.get());

    server.serve(OAUTH);
    clock.advance(Duration.ofSeconds(5));
    assertEquals(200, get(engine, OAUTH).status());
  }

  @Test
  void requestsThatComeTogetherWaitForOneFetch() throws Exception {
    server.serve(OAUTH);
    server.gate = new CountDownLatch(1);
    ResourceServer engine = engine(builder());
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int at = 0; at < 8; at++) {
      answers.add(
          CompletableFuture.supplyAsync(
              () -> get(engine, OAUTH).status(), run -> threads.add(new Thread(run))));
    }
    threads.forEach(Thread::start);
    while (!threads.stream().allMatch(AuthorizationServerMirrorTest::waitsOrIsDone)) {
      Thread.onSpinWait();
    }
    server.gate.countDown();

    for (CompletableFuture<Integer> answer : answers) {
      assertEquals(200, answer.get(20, TimeUnit.SECONDS));
    }
    assertEquals(1, server.requests.get());
  }

  private static boolean waitsOrIsDone(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING, TERMINATED -> true;
      default -> false;
    };
  }

  private AuthorizationServerMirror mirror(Duration deadline) {
    HttpFetcher.Limits limits = new HttpFetcher.Limits(deadline, 1024, true, false);
    return new AuthorizationServerMirror(server.issuer(), new HttpFetcher(limits), clock);
  }

  @Test
  void onlySoManyRequestsWaitForAServerThatIsSilent() throws Exception {
    server.serve(OAUTH);
    server.gate = new CountDownLatch(1);
    List<CompletableFuture<Boolean>> answers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    try (AuthorizationServerMirror mirror = mirror(Duration.ofSeconds(20))) {
      for (int at = 0; at < AuthorizationServerMirror.MAX_WAITING; at++) {
        answers.add(
            CompletableFuture.supplyAsync(
                () -> mirror.document().isPresent(), run -> threads.add(new Thread(run))));
      }
      threads.forEach(Thread::start);
      while (!threads.stream().allMatch(AuthorizationServerMirrorTest::waitsOrIsDone)) {
        Thread.onSpinWait();
      }

      assertTrue(mirror.document().isEmpty());
      assertTrue(answers.stream().noneMatch(CompletableFuture::isDone));
      server.gate.countDown();
      for (CompletableFuture<Boolean> answer : answers) {
        assertTrue(answer.get(20, TimeUnit.SECONDS));
      }
      assertTrue(mirror.document().isPresent());
    }
  }

  @Test
  void asksAServerThatIsSilentForOneLocationOnly() {
    server.gate = new CountDownLatch(1);
    try (AuthorizationServerMirror mirror = mirror(Duration.ofMillis(500))) {
      assertTrue(mirror.document().isEmpty());
    }
    assertTrue(server.requests.get() <= 1, server.requests::toString);
  }

  @Test
  void leavesTheNamesToAnAuthorizationServerOnTheSameOrigin() {
    ResourceServer engine =
        engine(
            ResourceServerConfig.builder(server.issuer() + "/mcp")
                .authorizationServer(server.issuer())
                .allowHttpOnLoopback()
                .legacyAsMirror(true)
                .tokenValidator(new StubValidator()));

    assertTrue(MemoryExchange.of("GET", OAUTH).admittedBy(engine));
    assertEquals(0, server.requests.get());
  }

  @Test
  void asksNobodyOnceClosed() {
    server.serve(OAUTH);
    ResourceServer engine = engine(builder());
    engine.close();

    assertEquals(404, get(engine, OAUTH).status());
    assertEquals(0, server.requests.get());
  }
}
