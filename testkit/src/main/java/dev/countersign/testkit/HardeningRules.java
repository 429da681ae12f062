package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an application must not get: requests for other hosts, claimed identities, the token. */
abstract class HardeningRules extends ApplicationRules {

  private static final List<String> IDENTITIES =
      List.of(
          "X-User",
          "X-Principal",
          "X-Scopes",
          "X-Remote-User",
          "Remote-User",
          "X-Forwarded-User",
          "X-Auth-Request-User");

  private RawRequest good() {
    return post().bearer(tokens().valid());
  }

  private static List<String> lines(ProbeApplication.Seen seen, String name) {
    return seen.fields().getOrDefault(name, List.of("not asked for"));
  }

  private List<String> ways() {
    List<String> ways = new ArrayList<>(List.of("echo"));
    if (capabilities().contains(Capability.LATER)) {
      ways.add("later");
    }
    return ways;
  }

  @Test
  void Z03_MC31_theApplicationDoesNotSeeTheToken() throws IOException {
    for (Setup setup : List.of(Setup.STANDARD, Setup.TOOLS)) {
      for (String way : ways()) {
        ProbeApplication.Seen seen =
            seen(stand(setup), good().with("DPoP", "proof").with(ProbeApplication.PROBE, way));

        assertEquals(List.of(), lines(seen, "authorization"), setup + " " + way);
        assertEquals(List.of(), lines(seen, "dpop"), setup + " " + way);
        assertEquals(List.of("application/json"), lines(seen, "content-type"));
      }
    }
    // Nor if the client names what belongs to an upgrade, and asks for none.
    ProbeApplication.Seen settings = seen(standard(), good().with("HTTP2-Settings", "AAMAAABk"));
    assertEquals(List.of(), lines(settings, "authorization"));
    ProbeApplication.Seen open = seen(standard(), get("/health").bearer(tokens().valid()));
    assertEquals(List.of(), lines(open, "authorization"));
  }

  @Test
  void MC29_theApplicationSeesNoIdentityThatTheClientClaims() throws IOException {
    RawRequest claims = good();
    RawRequest open = get("/health");
    for (String name : IDENTITIES) {
      claims = claims.with(name, "mallory").with(name.toLowerCase(Locale.ROOT), "admin");
      open = open.with(name, "mallory");
    }
    for (RawRequest request : List.of(claims, open)) {
      ProbeApplication.Seen seen = seen(standard(), request);
      for (String name : IDENTITIES) {
        assertEquals(List.of(), lines(seen, name.toLowerCase(Locale.ROOT)), request + name);
      }
    }
  }

  @Test
  void Z03_MC29_showsAndHidesWhatIsConfigured() throws IOException {
    ProbeApplication.Seen seen =
        seen(
            stand(Setup.HARDENED),
            good().with("X-Username", "known").with("X-Tenant", "1").with("X-User", "mallory"));

    assertEquals(1, lines(seen, "authorization").size());
    assertEquals(List.of("known"), lines(seen, "x-username"));
    assertEquals(List.of(), lines(seen, "x-tenant"));
    assertEquals(List.of(), lines(seen, "x-user"));
  }

  @Test
  void Z03_MC29_reportOnlyHidesNothing() throws IOException {
    ProbeApplication.Seen seen = seen(stand(Setup.REPORT_ONLY), good().with("X-User", "whoever"));

    assertEquals(1, lines(seen, "authorization").size());
    assertEquals(List.of("whoever"), lines(seen, "x-user"));
  }

  @Test
  void Z03_theTokenOfOneRequestIsNotMissedByTheNext() throws IOException {
    try (RawHttp connection = standard().connect()) {
      for (int i = 0; i < 3; i++) {
        assertEquals(200, connection.exchange(good()).status());
        assertEquals(401, connection.exchange(post()).status());
      }
    }
  }

  private RawRequest at(String host) {
    return good().without("Host").with("Host", host);
  }

  private void misdirected(RawRequest request) throws IOException {
    RawResponse response = refused(stand(Setup.HARDENED), 421, request);
    assertEquals(List.of(), response.values("WWW-Authenticate"), response::toString);
  }

  @Test
  void H08_H35_takesListedHosts() throws IOException {
    for (String host :
        List.of("mcp.example.com", "MCP.Example.com", "mcp.example.com:443", "localhost:8080")) {
      reached(stand(Setup.HARDENED), at(host));
    }
    reached(standard(), at("attacker.example"));
  }

  @Test
  void H08_H35_MC3_refusesEveryOtherHost() throws IOException {
    for (String host :
        List.of(
            "attacker.example",
            "mcp.example.com.attacker.example",
            "mcp.example.com.",
            "mcp.example.com:8443",
            "localhost",
            "127.0.0.1:8080")) {
      misdirected(at(host));
    }
  }

  @Test
  void H08_MC3_refusesTwoHostsAndAnotherOneInTheTarget() throws IOException {
    neverReaches(stand(Setup.HARDENED), good().with("Host", "attacker.example"));
    neverReaches(stand(Setup.HARDENED), at("attacker.example").with("Host", "mcp.example.com"));
    neverReaches(
        stand(Setup.HARDENED), good().requestLine("POST http://attacker.example/mcp HTTP/1.1"));
    neverReaches(
        stand(Setup.HARDENED),
        at("attacker.example").requestLine("POST http://mcp.example.com/mcp HTTP/1.1"));
  }

  @Test
  void H08_H35_MC4_needsHostAndOriginToBeAllowed() throws IOException {
    String page = "https://app.example";
    misdirected(at("attacker.example").with("Origin", page));
    misdirected(at("attacker.example").with("Origin", "http://attacker.example"));
    RawResponse foreign =
        refused(
            stand(Setup.HARDENED), 403, at("localhost:8080").with("Origin", "http://evil.example"));
    assertEquals(List.of(), foreign.values("Access-Control-Allow-Origin"));
    // Not localhost: Micronaut has a rule of its own for pages that call it there.
    RawResponse both = reached(stand(Setup.HARDENED), at("mcp.example.com").with("Origin", page));
    assertEquals(Optional.of(page), both.value("Access-Control-Allow-Origin"));
  }

  @Test
  void H08_MC5_MC6_looksAtTheHostBeforeTheTokenEverywhere() throws IOException {
    for (String method : List.of("POST", "GET", "DELETE", "OPTIONS")) {
      for (String path : List.of("/mcp", "/sse", "/messages", "/health")) {
        RawRequest request =
            RawRequest.of(method, path).without("Host").with("Host", "attacker.example");
        misdirected(request);
        misdirected(request.bearer("bad"));
      }
    }
    misdirected(
        RawRequest.of("OPTIONS", "/mcp")
            .without("Host")
            .with("Host", "attacker.example")
            .with("Origin", "https://app.example")
            .with("Access-Control-Request-Method", "POST"));
  }
}
