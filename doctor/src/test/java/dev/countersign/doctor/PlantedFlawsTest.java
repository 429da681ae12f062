package dev.countersign.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.doctor.check.CheckId;
import dev.countersign.doctor.check.Checks;
import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Severity;
import dev.countersign.doctor.check.Site;
import dev.countersign.doctor.wire.Caller;
import dev.countersign.testkit.BrokenServer;
import dev.countersign.testkit.Flaw;
import dev.countersign.testkit.SigningKey;
import dev.countersign.testkit.TokenBuilder;
import dev.countersign.testkit.Tokens;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each flaw alone, on a server that is good otherwise. */
class PlantedFlawsTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-26T12:00:00Z"));
  private static final SigningKey KEY = SigningKey.ec("k");
  private static final Site.Means GOOD = with("good-token");
  private static final ProxySelector DIRECT = ProxySelector.of(null);

  private static Site.Means with(String token) {
    return new Site.Means(Optional.of(token), Optional.of("client"), Optional.empty());
  }

  private static List<Finding> visit(URI url, Site.Means means, ProxySelector proxies) {
    try (Caller caller = new Caller(() -> {}, proxies)) {
      return Checks.run(new Site(url, caller, means, CLOCK));
    }
  }

  private static String token(BrokenServer server, UnaryOperator<TokenBuilder> edit) {
    return edit.apply(new Tokens(server.issuer(), server.url().toString(), () -> KEY, CLOCK).mint())
        .text();
  }

  private static Set<String> ids(List<Finding> findings) {
    return findings.stream().map(finding -> finding.check().name()).collect(Collectors.toSet());
  }

  private static void assertFinds(String check, List<Finding> findings) {
    assertTrue(ids(findings).contains(check), () -> check + " is not in " + findings);
  }

  @ParameterizedTest
  @EnumSource(Flaw.class)
  void findsEachFlawOfAServer(Flaw flaw) throws IOException {
    try (BrokenServer server = BrokenServer.start("good-token", flaw)) {
      assertFinds(
          flaw.check(),
          flaw == Flaw.HOSTED_ORIGINS_REFUSED
              ? visitByPublicName(server)
              : visit(server.url(), GOOD, DIRECT));
    }
  }

  // As if the server were reached by its name in the internet.
  private static List<Finding> visitByPublicName(BrokenServer server) {
    ProxySelector toServer =
        ProxySelector.of(new InetSocketAddress("127.0.0.1", server.url().getPort()));
    URI url = URI.create("http://mcp.example.invalid" + server.url().getPath());
    return visit(url, Site.Means.NONE, toServer);
  }

  @Test
  void findsAnAuthorizationServerOnAPrivateAddress() throws IOException {
    try (BrokenServer server = BrokenServer.start("good-token")) {
      assertFinds("D50", visitByPublicName(server));
    }
  }

  @Test
  void findsAServerThatIsNotThere() throws IOException {
    URI url;
    try (BrokenServer server = BrokenServer.start("good-token")) {
      url = server.url();
    }
    assertEquals(Set.of("D01"), ids(visit(url, Site.Means.NONE, DIRECT)));
  }

  @Test
  void findsLegacyDocuments() throws IOException {
    try (BrokenServer server = BrokenServer.start("good-token")) {
      assertFinds("D56", visit(server.url(), Site.Means.NONE, DIRECT));
    }
  }

  @Test
  void Z06_findsASiblingThatTakesTheSameToken() throws IOException {
    try (BrokenServer server = BrokenServer.start("good-token");
        BrokenServer other = BrokenServer.start("good-token")) {
      Site.Means means =
          new Site.Means(Optional.of("good-token"), Optional.empty(), Optional.of(other.url()));
      assertFinds("D55", visit(server.url(), means, DIRECT));
    }
  }

  /** What can be wrong with a token, with the check that has to find it. */
  private enum TokenFlaw {
    D40(token -> token.audience("https://other.example/mcp")),
    D58(token -> token.claim("nonce", "n")),
    D63(token -> token.claim("iss", "https://id.example")),
    D64(token -> token.without("scope").claim("scp", "mcp:read")),
    D52(token -> token.issuedIn(Duration.ofMinutes(5))),
    D65(token -> token.expiresIn(Duration.ofDays(30))),
    D66(token -> token);

    private final UnaryOperator<TokenBuilder> edit;

    TokenFlaw(UnaryOperator<TokenBuilder> edit) {
      this.edit = edit;
    }
  }

  @ParameterizedTest
  @EnumSource(TokenFlaw.class)
  void findsEachFlawOfAToken(TokenFlaw flaw) throws IOException {
    try (BrokenServer server = BrokenServer.start("good-token")) {
      String token = token(server, flaw.edit);
      assertFinds(flaw.name(), visit(server.url(), with(token), DIRECT));
    }
  }

  @Test
  void findsATokenForTheOrigin() throws IOException {
    try (BrokenServer server = BrokenServer.start("good-token")) {
      String origin = Caller.origin(server.url());
      String token = token(server, builder -> builder.audience(origin));
      assertFinds("D41", visit(server.url(), with(token), DIRECT));
    }
  }

  @Test
  void findsAnOpaqueToken() throws IOException {
    try (BrokenServer server = BrokenServer.start("good-token")) {
      assertFinds("D62", visit(server.url(), GOOD, DIRECT));
    }
  }

  @Test
  void hasAFlawForEveryCheck() {
    Set<String> planted = new TreeSet<>(Set.of("D01", "D41", "D50", "D55", "D56", "D62", "D68"));
    Stream.of(Flaw.values()).map(Flaw::check).forEach(planted::add);
    Stream.of(TokenFlaw.values()).map(Enum::name).forEach(planted::add);
    assertEquals(
        Stream.of(CheckId.values()).map(Enum::name).collect(Collectors.toCollection(TreeSet::new)),
        planted);
  }

  @Test
  void raisesNoAlarmAboutAGoodServer() throws IOException {
    try (BrokenServer server = BrokenServer.start("good-token")) {
      List<Finding> findings = visit(server.url(), Site.Means.NONE, DIRECT);
      assertEquals(
          List.of(),
          findings.stream().filter(finding -> finding.severity() != Severity.INFO).toList());
    }
  }
}
