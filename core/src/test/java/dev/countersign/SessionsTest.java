package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.Mode;
import dev.countersign.http.Response;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.DecisionEvent;
import dev.countersign.spi.InMemorySharedStore;
import dev.countersign.spi.SharedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions, from the request to the head of the response. */
class SessionsTest {

  private static final String ALICE = CallerTokens.of("alice");
  private static final String BOB = CallerTokens.of("bob");

  private final SettableClock clock = new SettableClock();
  private final List<DecisionEvent> events = new ArrayList<>();
  private final ResourceServer engine = engine(true, Optional.empty());

  private ResourceServer engine(boolean binding, Optional<SharedStore> store) {
    return Engines.engine(
        config -> {
          config.tokenValidator(new CallerTokens(clock)).clock(clock).listener(events::add);
          config.sessions().binding(binding);
          store.ifPresent(config::sharedStore);
        });
  }

  private static MemoryExchange request(String method, String token) {
    return MemoryExchange.of(method, "/mcp").bearer(token);
  }

  private static MemoryExchange in(String session, String method, String token) {
    return request(method, token).field("Mcp-Session-Id", session);
  }

  private static void begin(ResourceServer server, String session, String token) {
    MemoryExchange initialize = request("POST", token);
    assertTrue(initialize.admittedBy(server));
    server.complete(initialize, MemoryHead.of(200).with("Mcp-Session-Id", session));
    initialize.lease().close();
  }

  private void begin(String session, String token) {
    begin(engine, session, token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "GET", "DELETE"})
  void N05_N06_MC14_MC20_MC21_MC30_isNobodyElses(String method) {
    begin("s-1", ALICE);

    assertTrue(in("s-1", method, ALICE).admittedBy(engine));
    Response others = in("s-1", method, BOB).refusedBy(engine);
    assertEquals(404, others.status());
    assertEquals(List.of(), others.values("WWW-Authenticate"));
    assertEquals(in("no-such", method, BOB).refusedBy(engine), others);
    assertTrue(in("s-1", method, ALICE).admittedBy(engine));
  }

  @Test
  void MC14_theAuditTellsTheTwoApart() {
    begin("s-1", ALICE);
    in("s-1", "POST", BOB).refusedBy(engine);
    in("s-2", "POST", BOB).refusedBy(engine);

    assertEquals("the session of another caller", detail(events.get(1)));
    assertEquals("a session that nobody knows", detail(events.get(2)));
    assertFalse(events.toString().contains("s-1"));
  }

  private static String detail(DecisionEvent event) {
    Decision.Denied denied = (Decision.Denied) event.decision();
    assertEquals(Denial.SESSION, denied.why());
    return denied.detail();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "other/alice/client/mcp_read/3600",
        "id/alice/other/mcp_read/3600",
        "id/bob/client/mcp_read/3600"
      })
  void N07_MC15_aCallerIsIssuerSubjectAndClient(String token) {
    begin("s-1", ALICE);

    assertEquals(404, in("s-1", "POST", token).refusedBy(engine).status());
  }

  @Test
  void N08_MC23_aRefreshedTokenKeepsTheSessionAndCountsAtOnce() {
    begin("s-1", "id/alice/client/mcp_read.mcp_write/3600");

    assertTrue(in("s-1", "POST", "id/alice/client/mcp_read/7200").admittedBy(engine));
    MemoryExchange narrow = in("s-1", "POST", "id/alice/client/mcp_write/7200");
    assertEquals(403, narrow.refusedBy(engine).status());
  }

  @Test
  void MC16_MC19_noRequestMakesASessionItsOwn() {
    MemoryExchange unknown = in("s-1", "POST", ALICE);
    assertEquals(404, unknown.refusedBy(engine).status());
    engine.complete(unknown, MemoryHead.of(200).with("Mcp-Session-Id", "s-1"));
    assertEquals(404, in("s-1", "POST", ALICE).refusedBy(engine).status());

    begin("s-2", ALICE);
    ResourceServer restarted = engine(true, Optional.empty());
    assertEquals(404, in("s-2", "POST", ALICE).refusedBy(restarted).status());
  }

  @Test
  void MC17_refusesWhatIsNoSessionId() {
    List<String> bad = List.of("", " ", "a b", "a\tb", "a\u0001", "\u00e4", "x".repeat(1025));
    for (String id : bad) {
      Response answer = in(id, "POST", ALICE).refusedBy(engine);
      assertEquals(400, answer.status(), id);
      assertEquals(List.of(), answer.values("WWW-Authenticate"));
    }
    begin("s-1", ALICE);
    MemoryExchange twice = in("s-1", "POST", ALICE).field("Mcp-Session-Id", "s-1");
    assertEquals(400, twice.refusedBy(engine).status());

    begin("x".repeat(1024), ALICE);
    assertTrue(in("x".repeat(1024), "POST", ALICE).admittedBy(engine));
  }

  @Test
  void MC22_H28_meansNothingToAModernRequest() {
    begin("s-1", ALICE);
    MemoryExchange made = in("made-up", "POST", ALICE).field("MCP-Protocol-Version", "2026-07-28");
    assertTrue(made.admittedBy(engine));
    engine.complete(made, MemoryHead.of(200).with("Mcp-Session-Id", "made-up"));
    assertEquals(404, in("made-up", "POST", ALICE).refusedBy(engine).status());

    // An application that looks at the field all the same.
    MemoryExchange stolen = in("s-1", "POST", BOB).field("MCP-Protocol-Version", "2026-07-28");
    assertEquals(404, stolen.refusedBy(engine).status());
    MemoryExchange twice = in("s-1", "POST", BOB).field("Mcp-Session-Id", "x");
    assertEquals(404, twice.field("MCP-Protocol-Version", "2026-07-28").refusedBy(engine).status());
  }

  @Test
  void theFirstCallerOfASessionKeepsIt() {
    begin("s-1", ALICE);
    begin("s-1", BOB);

    assertTrue(in("s-1", "POST", ALICE).admittedBy(engine));
    assertEquals(404, in("s-1", "POST", BOB).refusedBy(engine).status());
  }

  @Test
  void N09_H17_endsWithADeleteThatTheApplicationObeys() {
    for (int status : new int[] {200, 204, 404}) {
      begin("s-" + status, ALICE);
      delete("s-" + status, status);
      assertEquals(404, in("s-" + status, "POST", ALICE).refusedBy(engine).status());
    }
    begin("s-1", ALICE);
    delete("s-1", 405);
    assertTrue(in("s-1", "POST", ALICE).admittedBy(engine));
  }

  private void delete(String session, int status) {
    MemoryExchange delete = in(session, "DELETE", ALICE);
    assertTrue(delete.admittedBy(engine));
    engine.complete(delete, MemoryHead.of(status));
    delete.lease().close();
  }

  @Test
  void N09_livesAsLongAsItIsUsed() {
    begin("s-1", ALICE);
    clock.advance(Duration.ofDays(6));
    String late = "id/alice/client/mcp_read/99999999";
    assertTrue(in("s-1", "POST", late).admittedBy(engine));
    clock.advance(Duration.ofDays(6));
    assertTrue(in("s-1", "POST", late).admittedBy(engine));
    clock.advance(Duration.ofDays(7));
    assertEquals(404, in("s-1", "POST", late).refusedBy(engine).status());
  }

  @Test
  void H18_MC21_resumesNoStreamOutsideOfASessionWhereThereAreSessions() {
    assertTrue(request("GET", BOB).field("Last-Event-ID", "1").admittedBy(engine));
    begin("s-1", ALICE);

    MemoryExchange outside = request("GET", BOB).field("Last-Event-ID", "1");
    assertEquals(404, outside.refusedBy(engine).status());
    assertTrue(in("s-1", "GET", ALICE).field("Last-Event-ID", "1").admittedBy(engine));
    assertTrue(request("GET", BOB).admittedBy(engine));
  }

  @Test
  void allNodesOfASharedStoreKnowIt() {
    SharedStore store = InMemorySharedStore.create(clock);
    ResourceServer first = engine(true, Optional.of(store));
    ResourceServer second = engine(true, Optional.of(store));
    begin(first, "s-1", ALICE);

    assertTrue(in("s-1", "POST", ALICE).admittedBy(second));
    Response others = in("s-1", "POST", BOB).refusedBy(second);
    assertEquals(in("no-such", "POST", BOB).refusedBy(second), others);
    begin(second, "s-1", BOB);
    assertEquals(404, in("s-1", "POST", BOB).refusedBy(second).status());
  }

  @Test
  void aUsedSessionStaysInTheSharedStore() {
    SharedStore store = InMemorySharedStore.create(clock);
    ResourceServer first = engine(true, Optional.of(store));
    String late = "id/alice/client/mcp_read/99999999";
    begin(first, "s-1", late);
    for (int day = 0; day < 14; day++) {
      clock.advance(Duration.ofDays(1));
      assertTrue(in("s-1", "POST", late).admittedBy(first));
    }

    assertTrue(in("s-1", "POST", late).admittedBy(engine(true, Optional.of(store))));
  }

  @Test
  void withoutItsStoreNothingIsAdmittedThatIsNotKnownHere() {
    SharedStore broken = new InMemorySharedStore(1, 1, clock);
    ResourceServer first = engine(true, Optional.of(broken));
    begin(first, "s-1", ALICE);
    begin(first, "s-2", ALICE);

    assertEquals(404, in("s-3", "POST", ALICE).refusedBy(first).status());
    assertEquals(404, in("s-1", "POST", BOB).refusedBy(first).status());
  }

  @Test
  void aReloadKeepsTheSessions() {
    begin("s-1", ALICE);
    assertTrue(
        engine.reload(
            () -> Engines.builder().clock(clock).tokenValidator(new CallerTokens(clock)).build()));

    assertTrue(in("s-1", "POST", ALICE).admittedBy(engine));
    assertEquals(404, in("s-1", "POST", BOB).refusedBy(engine).status());
  }

  @Test
  void doesNothingWhenItIsOff() {
    ResourceServer off = engine(false, Optional.empty());
    begin(off, "s-1", ALICE);

    assertTrue(in("s-1", "POST", BOB).admittedBy(off));
    assertTrue(in("a b", "POST", BOB).admittedBy(off));
    assertEquals(
        List.of("session-binding=false (whoever knows a session can use it)"),
        off.config().relaxations());
  }

  @Test
  void reportsAndAdmitsInReportOnlyMode() {
    ResourceServer report =
        Engines.engine(
            config ->
                config
                    .tokenValidator(new CallerTokens(clock))
                    .mode(Mode.REPORT_ONLY)
                    .listener(events::add));
    begin(report, "s-1", ALICE);

    assertTrue(in("s-1", "POST", BOB).admittedBy(report));
    assertEquals("the session of another caller", detail(events.get(1)));
  }

  @Test
  void isNothingOnAPublicPath() {
    ResourceServer open = Engines.engine(config -> config.publicPath("/health"));

    assertTrue(MemoryExchange.of("GET", "/health").field("Mcp-Session-Id", "x").admittedBy(open));
  }

  @Test
  void neverLogsASession() {
    try (LogCapture log = new LogCapture()) {
      begin("secret-session", ALICE);
      begin("secret-session", BOB);
      in("secret-session", "POST", BOB).refusedBy(engine);

      assertFalse(String.join("\n", log.lines).contains("secret-session"));
      assertTrue(String.join("\n", log.lines).contains("one session to two users"));
    }
  }
}
