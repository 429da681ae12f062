package dev.countersign.token;

import static dev.countersign.token.Bench.EC;
import static dev.countersign.token.Bench.ISSUER;
import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.FakeIssuer.JWKS;
import static dev.countersign.token.FakeIssuer.METADATA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.FetchResult;
import dev.countersign.internal.FetchResult.Cause;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.token.KeySource.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerKeySourceTest {

  private static final String TENANT = "https://id.example/tenant";
  private static final String OAUTH = "https://id.example/.well-known/oauth-authorization-server";
  private static final String OPENID = "https://id.example/.well-known/openid-configuration";
  private static final String APPENDED =
      "https://id.example/tenant/.well-known/openid-configuration";

  private final FakeIssuer server = new FakeIssuer();

  private IssuerKeySource source(TrustedIssuer issuer) {
    return new IssuerKeySource(issuer, server, server);
  }

  private static FetchResult metadata(String issuer, String jwks) {
    return FakeIssuer.document(Map.of("issuer", issuer, "jwks_uri", jwks));
  }

  private void loaded(Outcome outcome) {
    assertInstanceOf(Outcome.Loaded.class, outcome, outcome::toString);
  }

  private String problem(Outcome outcome) {
    return assertInstanceOf(Outcome.NotLoaded.class, outcome, outcome::toString).cause();
  }

  @ParameterizedTest
  @ValueSource(strings = {OAUTH + "/tenant", OPENID + "/tenant", APPENDED})
  void O01_KS28_findsTheMetadataAtEachOfThreePlacesInOrder(String place) {
    server.answer(place, () -> metadata(TENANT, JWKS));
    server.publish(RSA);

    loaded(source(TrustedIssuer.of(TENANT)).load());
    List<String> order = List.of(OAUTH + "/tenant", OPENID + "/tenant", APPENDED);
    assertEquals(
        order.subList(0, order.indexOf(place) + 1),
        server.asked.subList(0, server.asked.size() - 1));
  }

  @Test
  void O02_KS26_refusesTheMetadataOfAnotherIssuer() {
    server.publish(RSA);
    for (String other : List.of(ISSUER + "/", "https://ID.example", "https://other.example")) {
      server.answer(METADATA, () -> metadata(other, JWKS));

      assertTrue(
          problem(source(Bench.strict()).load()).contains("its issuer is \"" + other + "\""));
    }
    assertEquals(0, server.fetchesOf(JWKS));
  }

  @Test
  void O01_goesOnWhenThePlaceHasAnotherDocument() {
    server.answer(METADATA, () -> FakeIssuer.text("<html>"));
    server.answer(OPENID, () -> metadata(ISSUER, JWKS));
    server.publish(RSA);

    loaded(source(Bench.strict()).load());
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void doesNotAskAServerAgainThatDoesNotAnswer(Cause cause) {
    server.answer(METADATA, () -> new Failed(cause));

    problem(source(Bench.strict()).load());
    assertEquals(cause.isOutage() ? 1 : 2, server.asked.size());
  }

  @Test
  void KS29_refusesMetadataOfTheWrongShape() {
    server.publish(RSA);
    for (String wrong :
        List.of(
            "{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":1}",
            "{\"issuer\":[\"" + ISSUER + "\"],\"jwks_uri\":\"" + JWKS + "\"}",
            "{\"issuer\":\""
                + ISSUER
                + "\",\"issuer\":\""
                + ISSUER
                + "\",\"jwks_uri\":\""
                + JWKS
                + "\"}",
            "{\"issuer\":\"" + ISSUER + "\"}",
            "[]",
            "{}")) {
      server.answer(METADATA, () -> FakeIssuer.text(wrong));

      problem(source(Bench.strict()).load());
    }
    assertEquals(0, server.fetchesOf(JWKS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example/jwks",
        "https://other.example/jwks",
        "https://127.0.0.1/jwks",
        "file:///etc/passwd",
        "jar:https://id.example/x!/jwks",
        "/jwks",
        "",
        "https://",
        "https://user@id.example/jwks",
        "https://id.example.evil.example/jwks",
        "::"
      })
  void KS27_SS1_refusesKeysOnAnotherHostThanTheIssuer(String jwks) {
    server.answer(METADATA, () -> metadata(ISSUER, jwks));

    assertTrue(problem(source(Bench.strict()).load()).contains("jwks-uri"));
    assertEquals(List.of(METADATA), server.asked);
  }

  @Test
  void KS27_acceptsKeysOnAnotherHostIfTheyAreNamed() {
    server.answer("https://keys.example/k", () -> FakeIssuer.keySet(RSA));
    TrustedIssuer named =
        TrustedIssuer.builder(ISSUER).jwksUri(URI.create("https://keys.example/k")).build();

    loaded(source(named).load());
    assertEquals(List.of("https://keys.example/k"), server.asked);
  }

  @Test
  void followsKeysThatHaveMoved() {
    server.publish(RSA);
    IssuerKeySource source = source(Bench.strict());
    loaded(source.load());
    server.answer(JWKS, FakeIssuer::absent);
    server.answer(METADATA, () -> metadata(ISSUER, "https://id.example/new"));
    server.answer("https://id.example/new", () -> FakeIssuer.keySet(EC));

    loaded(source.load());
    server.asked.clear();
    loaded(source.load());
    assertEquals(List.of("https://id.example/new"), server.asked);
  }

  @Test
  void looksAtTheMetadataOnceAnHourAndDoesWithoutInAnOutage() {
    server.publish(RSA);
    IssuerKeySource source = source(Bench.strict());
    loaded(source.load());
    server.advance(Duration.ofMinutes(59));
    loaded(source.load());
    assertEquals(1, server.fetchesOf(METADATA));

    server.answer(METADATA, FakeIssuer::outage);
    server.advance(Duration.ofMinutes(1));
    loaded(source.load());
    loaded(source.load());
    assertEquals(2, server.fetchesOf(METADATA));
  }

  @Test
  void KS2_aServerWithoutAnythingUsefulIsLeftAlone() {
    server.answer(METADATA, FakeIssuer::absent);
    var outcome =
        assertInstanceOf(Outcome.NotLoaded.class, source(TrustedIssuer.of(TENANT)).load());

    assertEquals(Duration.ofSeconds(25), outcome.pause());
  }

  @Test
  void SS9_saysWhatWasAskedAndNothingThatWasAnswered() {
    server.answer(METADATA, () -> FakeIssuer.text("canary-7f3c"));
    server.answer(
        OPENID, () -> FakeIssuer.text("{\"issuer\":\"canary-7f3c\u0007\n\",\"jwks_uri\":1}"));
    String problem = problem(source(Bench.strict()).load());

    assertTrue(problem.contains(METADATA) && problem.contains(OPENID), problem);
    assertTrue(!problem.contains("canary"), problem);
  }
}
