package dev.countersign.doctor.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.doctor.check.Site;
import dev.countersign.doctor.wire.Caller;
import dev.countersign.testkit.BrokenServer;
import dev.countersign.testkit.Flaw;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginTest {

  private static final Site.Means CLIENT =
      new Site.Means(Optional.empty(), Optional.of("client"), Optional.empty());

  private final List<URI> opened = new ArrayList<>();

  /** Up to the login page, which is not shown. */
  private List<Login.Step> steps(Flaw... flaws) throws Exception {
    try (BrokenServer server = BrokenServer.start("good-token", flaws);
        Caller caller = new Caller(() -> {}, ProxySelector.of(null))) {
      Site site = new Site(server.url(), caller, CLIENT, InstantSource.fixed(Instant.EPOCH));
      Login.Browser closed =
          page -> {
            opened.add(page);
            throw new IOException("closed");
          };
      return new Login(site, closed).run();
    }
  }

  @Test
  void asksForTheScopeOfTheChallenge() throws Exception {
    steps();
    assertEquals(1, opened.size());
    assertTrue(opened.get(0).getQuery().endsWith("&scope=mcp:read"), opened.toString());
  }

  @Test
  void asksForAllScopesIfTheChallengeNamesNone() throws Exception {
    steps(Flaw.NO_SCOPE);
    assertTrue(opened.get(0).getRawQuery().contains("&scope=mcp%3Aread"), opened.toString());
  }

  @Test
  void asksForNoScopeIfNobodyNamesOne() throws Exception {
    steps(Flaw.NO_SCOPE, Flaw.NO_SCOPES_SUPPORTED);
    assertFalse(opened.get(0).getRawQuery().contains("scope"), opened.toString());
  }

  @Test
  void doesNotLogInForAnotherResource() throws Exception {
    List<Login.Step> steps = steps(Flaw.ANOTHER_RESOURCE);
    assertEquals(1, steps.size());
    assertFalse(steps.get(0).good());
    assertEquals("the metadata is about another resource", steps.get(0).result());
    assertEquals(List.of(), opened);
  }
}
