package dev.countersign;

import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.Mode;
import dev.countersign.http.LintCode;
import dev.countersign.spi.Admission;
import dev.countersign.spi.DecisionEvent;
import dev.countersign.spi.DecisionListener;
import dev.countersign.spi.Repair;
import dev.countersign.spi.ResponseHead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepairTest {

  private static final String FIRST =
      "Bearer scope=\"mcp:read\", resource_metadata=\"" + Engines.METADATA + '"';

  private static final Consumer<ConfigBuilder> REPAIR = config -> config.mode(Mode.REPAIR);

  private static MemoryExchange post() {
    return MemoryExchange.of("POST", "/mcp");
  }

  private static MemoryHead completed(
      Consumer<ConfigBuilder> more, MemoryExchange request, MemoryHead head) {
    engine(more).complete(request, head);
    return head;
  }

  /** A listener that keeps the repairs. */
  private record Repairs(List<Repair> seen) implements DecisionListener {

    Repairs() {
      this(new ArrayList<>());
    }

    @Override
    public void onDecision(DecisionEvent event) {
      throw new AssertionError("nothing was decided");
    }

    @Override
    public void onRepair(Repair repair) {
      seen.add(repair);
    }
  }

  // What is admitted

  @Test
  void repairModeAnswersForMetadataOnly() {
    ResourceServer engine = engine(REPAIR.andThen(config -> config.toolScope("x", "y")));

    for (MemoryExchange exchange :
        List.of(
            post(),
            post().bearer("EXPIRED"),
            post().bearer("outage"),
            post().bearer("good").json("{}"),
            post().bearer("a").bearer("b"),
            post().field("Origin", "https://evil.example"),
            MemoryExchange.of("OPTIONS", "/mcp")
                .field("Origin", "https://mcp.example")
                .field("Access-Control-Request-Method", "POST"),
            MemoryExchange.of("GET", "/.well-known/oauth-authorization-server"),
            MemoryExchange.of("GET", "/.well-known/oauth-protected-resource/none"))) {
      assertTrue(exchange.admittedBy(engine));
      assertEquals(new Admission(Optional.empty(), List.of()), exchange.admission());
      assertEquals(0, exchange.bodyReads);
    }
    MemoryExchange document = MemoryExchange.of("GET", "/.well-known/oauth-protected-resource/mcp");
    assertEquals(200, document.refusedBy(engine).status());
  }

  // In which mode something is changed

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"ENFORCE", "REPAIR"})
  void C30_K11_changesTheFieldInBothModes(Mode mode) {
    MemoryHead head = completed(config -> config.mode(mode), post(), MemoryHead.of(401, "Bearer"));

    assertEquals(List.of(FIRST), head.challenges());
  }

  @Test
  void behindTheGateA401ThatAsksForNoTokenIsAboutSomethingElse() {
    for (List<String> challenges : List.of(List.<String>of(), List.of("Basic realm=\"x\""))) {
      MemoryHead head = completed(c -> {}, post().bearer("good"), MemoryHead.of(401, challenges));

      assertEquals(challenges, head.challenges());
    }
  }

  @Test
  void reportOnlyTellsWhatItWouldChange() {
    Repairs repairs = new Repairs();
    MemoryHead head = MemoryHead.of(401, "Bearer");
    ResourceServer engine = engine(c -> c.mode(Mode.REPORT_ONLY).listener(repairs));

    engine.complete(post(), head);

    assertEquals(List.of("Bearer"), head.challenges());
    assertEquals(0, head.writes);
    assertEquals(1, engine.repairCount());
    assertFalse(repairs.seen.get(0).applied());
    assertEquals(List.of(FIRST), repairs.seen.get(0).after());
  }

  @Test
  void K11_changesNothingTwice() {
    ResourceServer engine = engine(REPAIR);
    MemoryHead head = MemoryHead.of(401, "Basic realm=\"x\"", "bearer").with("Vary", "Accept");
    MemoryExchange request = post().field("Origin", "https://mcp.example");

    engine.complete(request, head);
    Map<String, List<String>> once = head.fields();
    long count = engine.repairCount();
    engine.complete(request, head);

    assertEquals(once, head.fields());
    assertEquals(count, engine.repairCount());
  }

  // Who is concerned

  @Test
  void looksAtTwoFieldsWhereNothingIsWrong() {
    List<String> looked = new ArrayList<>();
    ResponseHead head =
        new ResponseHead() {
          @Override
          public int status() {
            return 200;
          }

          @Override
          public List<String> headers(String name) {
            looked.add(name);
            return List.of();
          }

          @Override
          public void headers(String name, List<String> values) {
            throw new AssertionError(name);
          }
        };

    engine(REPAIR).complete(post().bearer("x"), head);

    assertEquals(List.of("WWW-Authenticate"), looked);
  }

  @Test
  void leavesPublicPathsAlone() {
    Consumer<ConfigBuilder> config = REPAIR.andThen(c -> c.publicPath("/admin/"));

    assertEquals(
        List.of("Basic realm=\"x\""),
        completed(
                config,
                MemoryExchange.of("GET", "/admin/x"),
                MemoryHead.of(401, "Basic realm=\"x\""))
            .challenges());
    assertEquals(
        List.of(FIRST, "Basic realm=\"x\""),
        completed(
                config,
                MemoryExchange.of("GET", "/admin/../mcp"),
                MemoryHead.of(401, "Basic realm=\"x\""))
            .challenges());
  }

  @Test
  void aPathOfNoResourceKeepsAUrlThatClientsCanUse() {
    Consumer<ConfigBuilder> two =
        REPAIR.andThen(c -> c.resource("mail").resource("https://mcp.example/mail"));
    String other = "Bearer resource_metadata=\"https://mcp.example/other\"";

    assertEquals(
        List.of("Bearer scope=\"mcp:read\", resource_metadata=\"https://mcp.example/other\""),
        completed(two, MemoryExchange.of("POST", "/none"), MemoryHead.of(401, other)).challenges());
    assertEquals(
        List.of(
            "Bearer"
                + " resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/mail\""),
        completed(two, MemoryExchange.of("POST", "/mail"), MemoryHead.of(401, other)).challenges());
  }

  // What is said

  @Test
  void takesTheConfiguredRealmWhereThereIsNone() {
    Consumer<ConfigBuilder> config = REPAIR.andThen(c -> c.realm("mcp"));

    assertEquals(
        "Bearer realm=\"mcp\", " + FIRST.substring(7),
        completed(config, post(), MemoryHead.of(401)).challenges().get(0));
    assertEquals(
        "Bearer realm=\"app\", " + FIRST.substring(7),
        completed(config, post(), MemoryHead.of(401, "Bearer realm=app")).challenges().get(0));
  }

  @Test
  void theScopeOfA403IsTheRequiredOneAndOfA401TheAnnouncedOne() {
    Consumer<ConfigBuilder> config =
        REPAIR.andThen(c -> c.requiredScopes("a", "b").announcedScopes("a"));

    assertTrue(
        completed(config, post().bearer("x"), MemoryHead.of(403, "Bearer"))
            .challenges()
            .get(0)
            .contains("scope=\"a b\""));
    assertTrue(
        completed(config, post().bearer("x"), MemoryHead.of(401, "Bearer"))
            .challenges()
            .get(0)
            .contains("scope=\"a\""));
  }

  @Test
  void C38_dropsWhatMakesTheFieldTooLong() {
    String scopes = String.join(" ", Collections.nCopies(200, "files:read")).replace(' ', '1');
    MemoryHead head =
        completed(
            REPAIR,
            post().bearer("x"),
            MemoryHead.of(
                401, "Bearer realm=r, error=\"invalid_request\", scope=\"" + scopes + '"'));

    assertEquals(
        List.of("Bearer realm=\"r\", error=\"invalid_request\", " + FIRST.substring(7)),
        head.challenges());
    assertEquals(
        List.of(FIRST),
        completed(REPAIR, post(), MemoryHead.of(401, "Bearer realm=\"" + "r".repeat(1500) + '"'))
            .challenges());
  }

  @Test
  void S36_everyAnswerOfTheEngineStaysAsItIs() {
    Consumer<ConfigBuilder> strict = c -> c.strictCredentials(true);
    for (MemoryExchange exchange :
        List.of(
            post(),
            post().bearer("EXPIRED"),
            post().bearer("outage"),
            post().bearer("good"),
            post().bearer("a").bearer("b"),
            post().field("Authorization", "Bearer"),
            post().field("Origin", "https://evil.example"),
            post().field("Origin", "https://mcp.example"),
            MemoryExchange.of("OPTIONS", "/mcp")
                .field("Origin", "https://mcp.example")
                .field("Access-Control-Request-Method", "POST"),
            MemoryExchange.of("GET", "/.well-known/oauth-protected-resource/mcp"))) {
      MemoryHead head = MemoryHead.of(exchange.refusedBy(engine(strict)));
      Map<String, List<String>> before = head.fields();

      completed(strict, exchange, head);

      assertEquals(before, head.fields());
      assertEquals(0, head.writes);
    }
  }

  // Who is told

  @Test
  void tellsWhatWasWrong() {
    Repairs repairs = new Repairs();
    SettableClock clock = new SettableClock();

    engine(c -> c.mode(Mode.REPAIR).listener(repairs).clock(clock))
        .complete(post().bearer("secret"), MemoryHead.of(401, "bearer realm=x"));

    Repair repair = repairs.seen.get(0);
    assertEquals(1, repairs.seen.size());
    assertEquals(clock.instant(), repair.at());
    assertEquals(Engines.RESOURCE, repair.resource().toString());
    assertEquals("POST", repair.method());
    assertEquals("/mcp", repair.path());
    assertEquals(401, repair.status());
    assertEquals("WWW-Authenticate", repair.field());
    assertEquals(List.of("bearer realm=x"), repair.before());
    assertTrue(repair.applied());
    assertEquals(
        Set.of(
            LintCode.SCHEME_CASE,
            LintCode.UNQUOTED_REALM,
            LintCode.MISSING_ERROR,
            LintCode.MISSING_SCOPE,
            LintCode.MISSING_RESOURCE_METADATA),
        repair.faults());
  }

  @Test
  void countsEveryRepairAndLogsEachKindOnce() {
    try (LogCapture log = new LogCapture()) {
      ResourceServer engine = engine(REPAIR);
      for (int i = 0; i < 3; i++) {
        engine.complete(post(), MemoryHead.of(401));
        engine.complete(post(), MemoryHead.of(401, "Bearer"));
        engine.complete(post(), MemoryHead.of(200));
      }

      assertEquals(6, engine.repairCount());
      assertEquals(
          List.of(
              "INFO repaired the WWW-Authenticate of a response with status 401 for "
                  + Engines.RESOURCE
                  + ": nothing became ["
                  + FIRST
                  + "] ([NO_CHALLENGE])",
              "INFO repaired the WWW-Authenticate of a response with status 401 for "
                  + Engines.RESOURCE
                  + ": [Bearer] became ["
                  + FIRST
                  + "] ([BARE_BEARER])"),
          log.lines.stream().filter(line -> line.contains("repaired")).toList());
    }
  }

  @Test
  void theLogIsBounded() {
    try (LogCapture log = new LogCapture()) {
      ResourceServer engine = engine(REPAIR);
      for (int i = 0; i < 2 * RepairLog.MAX_LINES; i++) {
        engine.complete(post(), MemoryHead.of(401, "Bearer realm=\"r" + i + '"'));
      }

      assertEquals(2 * RepairLog.MAX_LINES, engine.repairCount());
      assertEquals(
          RepairLog.MAX_LINES,
          log.lines.stream().filter(line -> line.contains("repaired")).count());
      assertEquals(
          List.of("WARNING more than 256 kinds of repairs; others are only counted"),
          log.lines.stream().filter(line -> line.contains("kinds")).toList());
    }
  }

  @Test
  void aChallengeThatNobodyReadsIsLogged() {
    try (LogCapture log = new LogCapture()) {
      completed(REPAIR, post(), MemoryHead.of(200, FIRST));

      assertTrue(
          log.lines.contains(
              "INFO clients do not look at the WWW-Authenticate of a response with status 200 for "
                  + Engines.RESOURCE
                  + ": ["
                  + FIRST
                  + "]"),
          log.lines.toString());
    }
  }

  @Test
  void noTokenIsLoggedOrTold() {
    Repairs repairs = new Repairs();
    try (LogCapture log = new LogCapture()) {
      MemoryHead head = MemoryHead.of(401, "Bearer error_description=\"bad token s3cret\"");

      completed(REPAIR.andThen(c -> c.listener(repairs)), post().bearer("s3cret"), head);

      assertTrue(head.challenges().get(0).contains("s3cret"));
      assertTrue(repairs.seen.toString().contains("bad token [redacted]"));
      assertFalse(repairs.seen.toString().contains("s3cret"));
      assertFalse(log.lines.toString().contains("s3cret"));
    }
  }

  @Test
  void neverThrows() {
    ResponseHead broken =
        new ResponseHead() {
          @Override
          public int status() {
            return 401;
          }

          @Override
          public List<String> headers(String name) {
            return List.of();
          }

          @Override
          public void headers(String name, List<String> values) {
            throw new IllegalStateException("s3cret");
          }
        };
    try (LogCapture log = new LogCapture()) {
      engine(REPAIR).complete(post(), broken);

      assertTrue(
          log.lines.contains(
              "WARNING repairing a response failed with java.lang.IllegalStateException"));
    }
  }

  @Test
  void aListenerThatThrowsChangesNothing() {
    DecisionListener broken =
        new DecisionListener() {
          @Override
          public void onDecision(DecisionEvent event) {}

          @Override
          public void onRepair(Repair repair) {
            throw new IllegalStateException();
          }
        };

    MemoryHead head =
        completed(REPAIR.andThen(c -> c.listener(broken)), post(), MemoryHead.of(401));

    assertEquals(List.of(FIRST), head.challenges());
  }

  @Test
  void saysThatTheApplicationJudges() {
    try (LogCapture log = new LogCapture()) {
      ResourceServer engine = engine(REPAIR);

      assertTrue(
          log.lines.contains(
              "INFO mode is repair: the application has to judge the tokens itself"));
      assertEquals(
          List.of("mode=repair (the application judges its tokens)"),
          engine.config().relaxations());
    }
  }
}
