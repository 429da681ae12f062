package dev.countersign.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.DecisionEvent;
import dev.countersign.spi.Passthrough;
import dev.countersign.spi.Repair;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

class DecisionCountersTest {

  private static final String RESOURCE = "https://mcp.example/mcp";
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  private final DecisionCounters counters = new DecisionCounters();

  private static DecisionEvent event(String path, Decision decision, boolean inQuery) {
    return new DecisionEvent(
        Instant.EPOCH,
        ResourceIdentifier.parse(RESOURCE),
        "POST",
        path,
        decision,
        Duration.ZERO,
        true,
        inQuery);
  }

  private static Decision granted(String user) {
    return new Decision.Granted(
        new AccessToken(
            "https://id.example",
            user,
            Optional.of("client of " + user),
            List.of(RESOURCE),
            Scope.of("a"),
            Instant.MAX,
            Map.of("tenant", user)));
  }

  @Test
  void O12_LG6_tenThousandUsersMakeNoMoreCountersThanOne() {
    int before = counters.getDecisions().size();
    for (int at = 0; at < 10_000; at++) {
      String user = "marker-" + at;
      counters.onDecision(event("/" + user, granted(user), false));
      counters.onDecision(event("/", new Decision.Undecided("outage of " + user), false));
      counters.onDecision(event("/", new Decision.Denied(Denial.SIGNATURE, user), false));
    }

    Map<String, Long> decisions = counters.getDecisions();
    assertEquals(before, decisions.size());
    assertEquals(3 + Denial.values().length, decisions.size());
    assertEquals(10_000, decisions.get("GRANTED"));
    assertEquals(10_000, decisions.get("UNDECIDED"));
    assertEquals(10_000, decisions.get("SIGNATURE"));
    assertEquals(0, decisions.get("EXPIRED"));
    assertFalse(decisions.toString().contains("marker"));
  }

  // Many tokens that are not valid yet, all of a sudden, are a clock that is wrong.
  @Test
  void KS39_aClockThatIsWrongShowsAsAReasonOfItsOwn() {
    counters.onDecision(event("/", new Decision.Denied(Denial.NOT_YET_VALID, ""), false));

    assertEquals(1, counters.getDecisions().get("NOT_YET_VALID"));
    assertEquals(0, counters.getDecisions().get("CLAIMS"));
  }

  @Test
  void countsTokensInTheQuery() {
    counters.onDecision(event("/", new Decision.Open(), true));
    counters.onDecision(event("/", new Decision.Open(), false));

    assertEquals(1, counters.getTokensInQuery());
    assertEquals(2, counters.getDecisions().get("OPEN"));
  }

  @Test
  void O12_isSeenThroughJmxUntilItIsClosed() throws Exception {
    ObjectName first =
        new ObjectName("dev.countersign:type=Decisions,resource=" + ObjectName.quote(RESOURCE));
    ObjectName second = new ObjectName(first + ",engine=2");
    DecisionCounters other = new DecisionCounters();
    counters.publish(RESOURCE);
    other.publish(RESOURCE);
    other.onDecision(event("/", granted("user"), false));

    assertTrue(SERVER.isRegistered(first));
    TabularData decisions = (TabularData) SERVER.getAttribute(second, "Decisions");
    assertEquals(1L, decisions.get(new Object[] {"GRANTED"}).get("value"));
    assertEquals(0L, SERVER.getAttribute(first, "TokensInQuery"));

    counters.close();
    other.close();
    other.close();
    assertFalse(SERVER.isRegistered(first) || SERVER.isRegistered(second));
  }

  @Test
  void O12_countsTokensThatWereToLeave() throws Exception {
    try (counters) {
      counters.publish(RESOURCE);
      counters.onPassthrough(new Passthrough(Instant.EPOCH, "OkHttp", "api.example", false));

      ObjectName name =
          new ObjectName("dev.countersign:type=Decisions,resource=" + ObjectName.quote(RESOURCE));
      assertEquals(1L, SERVER.getAttribute(name, "TokensPassedOn"));
    }
  }

  @Test
  void O12_countsRepairs() throws Exception {
    try (counters) {
      counters.publish(RESOURCE);
      for (boolean applied : List.of(true, false)) {
        counters.onRepair(
            new Repair(
                Instant.EPOCH,
                ResourceIdentifier.parse(RESOURCE),
                "POST",
                "/mcp",
                401,
                "WWW-Authenticate",
                List.of("Bearer"),
                List.of("Bearer scope=\"a\""),
                Set.of(),
                applied));
      }

      ObjectName name =
          new ObjectName("dev.countersign:type=Decisions,resource=" + ObjectName.quote(RESOURCE));
      assertEquals(2L, SERVER.getAttribute(name, "Repairs"));
    }
  }
}
