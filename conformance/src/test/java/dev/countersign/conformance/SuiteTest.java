package dev.countersign.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.BrokenServer;
import dev.countersign.testkit.FakeAuthorizationServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the suite says about a server that takes no token of the suite. */
class SuiteTest {

  private static Report report() throws IOException {
    try (FakeAuthorizationServer issuer = FakeAuthorizationServer.start();
        BrokenServer server = BrokenServer.start("good-token")) {
      return Suite.run(
          "server", new Subject(server.url(), issuer, server.url().toString(), Features.NONE));
    }
  }

  @Test
  void triesNoBadTokenWhereAGoodOneIsRefused() throws IOException {
    Report report = report();

    assertFalse(report.conforms());
    for (Map.Entry<Rule, Outcome> one : report.outcomes().entrySet()) {
      if (one.getKey().id().startsWith("J") && !one.getKey().id().equals("J51")) {
        assertFalse(one.getValue() instanceof Outcome.Kept, one::toString);
      }
    }
  }

  @Test
  void whatCouldNotBeTriedIsNotKept() throws IOException {
    Report report = report();

    assertTrue(report.untried() > 0);
    for (Level level : Level.values()) {
      long rules = Suite.rules().stream().filter(rule -> rule.level() == level).count();
      assertEquals(rules, report.tried(level) + report.untried(level));
      assertTrue(report.kept(level) <= report.tried(level));
    }
  }

  @Test
  void everyRuleHasATitleOfItsOwn() {
    assertEquals(Suite.rules().size(), Suite.rules().stream().map(Plant::text).distinct().count());
  }
}
