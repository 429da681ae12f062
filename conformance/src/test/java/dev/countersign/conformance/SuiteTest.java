package dev.countersign.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.BrokenServer;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.Flaw;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the suite says about servers that break rules; the containers show that it can be kept. */
class SuiteTest {

  private static Report report(Flaw... flaws) throws IOException {
    try (FakeAuthorizationServer issuer = FakeAuthorizationServer.start();
        BrokenServer server = BrokenServer.start("good-token", flaws)) {
      return Suite.run(
          "server", new Subject(server.url(), issuer, server.url().toString(), Features.NONE));
    }
  }

  private static Set<String> broken(Flaw... flaws) throws IOException {
    return report(flaws).outcomes().entrySet().stream()
        .filter(one -> one.getValue() instanceof Outcome.Broken)
        .map(one -> one.getKey().id())
        .collect(Collectors.toSet());
  }

  private static Set<String> brokenBy(Flaw flaw) throws IOException {
    Set<String> more = new HashSet<>(broken(flaw));
    more.removeAll(broken());
    return more;
  }

  @Test
  void blamesAMissingChallenge() throws IOException {
    assertTrue(brokenBy(Flaw.NO_CHALLENGE).containsAll(Set.of("C01", "C03", "S11", "S12")));
  }

  @Test
  void blamesTheFormOfTheChallenge() throws IOException {
    assertEquals(Set.of("C31", "C32"), brokenBy(Flaw.LOWER_CASE_SCHEME));
  }

  @Test
  void blamesMetadataThatNeedsAToken() throws IOException {
    assertTrue(brokenBy(Flaw.METADATA_GUARDED).containsAll(Set.of("M01", "M62")));
  }

  @Test
  void blamesATokenFromTheQuery() throws IOException {
    assertTrue(brokenBy(Flaw.TOKEN_IN_QUERY).containsAll(Set.of("T06", "T07")));
  }

  @Test
  void blamesAServerThatTakesAnything() throws IOException {
    Set<String> broken = brokenBy(Flaw.GARBAGE_ACCEPTED);
    assertTrue(
        broken.containsAll(Set.of("S05", "J28", "J35", "J08", "J09", "S18")), broken::toString);
  }

  @Test
  void triesNoBadTokenWhereAGoodOneIsRefused() throws IOException {
    Report report = report();
    assertFalse(report.conforms());
    assertTrue(report.tried(Level.MUST) < 53, report.summary());
  }

  @Test
  void everyRuleHasOneIdAndATitle() {
    assertEquals(
        Suite.rules().size(),
        Suite.rules().stream().map(rule -> rule.id() + rule.title()).distinct().count());
  }
}
