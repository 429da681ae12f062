package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.Json;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of an answer that calls the token active. */
class AnswerRulesTest {

  private final FakeIntrospection server = new FakeIntrospection();

  private record Case(Denial why, String name, Object value) {
    @Override
    public String toString() {
      return why + " " + name + " " + (value == null ? "absent" : value);
    }

    Map<String, Object> answer() {
      return value == null
          ? FakeIntrospection.activeWithout(name)
          : FakeIntrospection.activeWith(name, value);
    }
  }

  private AccessToken granted(Map<String, ?> answer) {
    server.answer(answer);
    return FakeIntrospection.granted(server.validator());
  }

  private void denied(Case one) {
    server.answer(one.answer());
    FakeIntrospection.denied(one.why(), server.validator());
  }

  @Test
  void IN1_I12_fillsTheAccessToken() {
    Map<String, Object> answer = FakeIntrospection.activeWith("tenant", "t-1");

    AccessToken token = granted(answer);

    assertEquals(Bench.ISSUER, token.issuer());
    assertEquals("user-1", token.subject());
    assertEquals(Optional.of("client-1"), token.clientId());
    assertEquals(List.of(Bench.RESOURCE.toString()), token.audience());
    assertEquals(Scope.of("mcp:read", "mcp:write"), token.scope());
    assertEquals(Bench.NOW.plusSeconds(300), token.expiresAt());
    assertEquals("Alice", token.claims().get("username"));
    assertEquals("t-1", token.claims().get("tenant"));
  }

  @Test
  void I12_toleratesAnswersWithoutSub() {
    assertEquals("Alice", granted(FakeIntrospection.activeWithout("sub")).subject());

    AccessToken client = granted(FakeIntrospection.activeWithout("sub", "username"));
    assertEquals("client-1", client.subject());
    assertTrue(client.isClientItself());
  }

  @Test
  void I12_refusesAnAnswerAboutNobody() {
    server.answer(FakeIntrospection.activeWithout("sub", "username", "client_id"));

    FakeIntrospection.denied(Denial.CLAIMS, server.validator());
  }

  @Test
  void I12_takesAnswersWithoutScopeAndTimes() {
    AccessToken token =
        granted(FakeIntrospection.activeWithout("scope", "exp", "nbf", "iat", "token_type", "iss"));

    assertEquals(Scope.NONE, token.scope());
    // Nobody says until when; so not for long.
    assertEquals(Bench.NOW.plusSeconds(30), token.expiresAt());
  }

  static Stream<Case> times() {
    long now = Bench.SECONDS;
    return Stream.of(
        new Case(Denial.EXPIRED, "exp", now - 3600),
        new Case(Denial.EXPIRED, "exp", now - 30),
        new Case(Denial.EXPIRED, "exp", new BigDecimal(now - 30).add(new BigDecimal("0.9"))),
        new Case(Denial.NOT_YET_VALID, "nbf", now + 31),
        new Case(Denial.NOT_YET_VALID, "iat", now + 31),
        new Case(Denial.CLAIMS, "nbf", now + 301),
        new Case(Denial.CLAIMS, "exp", now * 1000),
        new Case(Denial.CLAIMS, "exp", "" + (now + 300)),
        new Case(Denial.CLAIMS, "exp", Json.NULL),
        new Case(Denial.CLAIMS, "nbf", true));
  }

  @ParameterizedTest
  @MethodSource("times")
  void IN7_I07_checksTimesAlthoughTheServerSaysActive(Case one) {
    denied(one);
  }

  @Test
  void I07_allowsForTheClockSkew() {
    Instant expired = Instant.ofEpochSecond(Bench.SECONDS - 29);

    assertEquals(
        expired,
        granted(FakeIntrospection.activeWith("exp", expired.getEpochSecond())).expiresAt());
    granted(FakeIntrospection.activeWith("nbf", Bench.SECONDS + 30));
  }

  @Test
  void I07_refusesTokensThatAreTooOldByTheirIssuersSetting() {
    TrustedIssuer issuer =
        TrustedIssuer.builder(Bench.ISSUER).maximumAge(Duration.ofMinutes(1)).build();
    server.answer(FakeIntrospection.activeWith("iat", Bench.SECONDS - 91));
    FakeIntrospection.denied(Denial.EXPIRED, server.validator(issuer));

    server.answer(FakeIntrospection.activeWithout("iat"));
    FakeIntrospection.denied(Denial.EXPIRED, server.validator(issuer));
  }

  @Test
  void CL7_refusesTokensThatLiveTooLong() {
    TrustedIssuer issuer =
        TrustedIssuer.builder(Bench.ISSUER).maximumLifetime(Duration.ofMinutes(10)).build();
    Map<String, Object> answer = FakeIntrospection.activeWith("iat", Bench.SECONDS - 10);
    answer.put("exp", Bench.SECONDS + 590);
    server.answer(answer);
    FakeIntrospection.granted(server.validator(issuer));

    answer.put("exp", Bench.SECONDS + 591);
    server.answer(answer);
    FakeIntrospection.denied(Denial.CLAIMS, server.validator(issuer));
    server.answer(FakeIntrospection.activeWithout("exp"));
    FakeIntrospection.denied(Denial.CLAIMS, server.validator(issuer));
  }

  static Stream<Case> audiences() {
    return Stream.of(
        new Case(Denial.AUDIENCE, "aud", null),
        new Case(Denial.AUDIENCE, "aud", "https://other.example/mcp"),
        new Case(Denial.AUDIENCE, "aud", Bench.RESOURCE + "/"),
        new Case(Denial.AUDIENCE, "aud", Bench.RESOURCE.toString().substring(0, 20)),
        new Case(Denial.AUDIENCE, "aud", List.of("https://a.example", "https://b.example")),
        // For the client itself: an ID token, whatever it is called.
        new Case(Denial.AUDIENCE, "client_id", Bench.RESOURCE.toString()),
        new Case(Denial.CLAIMS, "aud", List.of()),
        new Case(Denial.CLAIMS, "aud", List.of(1L)),
        new Case(Denial.CLAIMS, "aud", Map.of(Bench.RESOURCE.toString(), true)),
        new Case(Denial.CLAIMS, "aud", Json.NULL));
  }

  @ParameterizedTest
  @MethodSource("audiences")
  void IN7_I06_refusesAForeignOrAbsentAudience(Case one) {
    denied(one);
  }

  @Test
  void I06_acceptsTheResourceAmongSeveralAndExactAliases() {
    granted(
        FakeIntrospection.activeWith(
            "aud", List.of("https://other.example", Bench.RESOURCE.toString())));

    server.answer(FakeIntrospection.activeWith("aud", "api-1"));
    FakeIntrospection.denied(Denial.AUDIENCE, server.validator());
    FakeIntrospection.granted(
        server.validator(TrustedIssuer.builder(Bench.ISSUER).audienceAliases("api-1").build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", Bench.ISSUER + "/", "HTTPS://id.example", "x"})
  void IN7_I07_refusesAnotherIssuer(String issuer) {
    denied(new Case(Denial.ISSUER, "iss", issuer));
  }

  static Stream<Case> kinds() {
    return Stream.of(
        new Case(Denial.TOKEN_TYPE, "token_type", "N_A"),
        new Case(Denial.TOKEN_TYPE, "token_type", "refresh_token"),
        new Case(Denial.TOKEN_TYPE, "token_type", "mac"),
        new Case(Denial.TOKEN_TYPE, "token_use", "refresh_token"),
        new Case(Denial.TOKEN_TYPE, "token_use", "id"),
        new Case(Denial.TOKEN_TYPE, "typ", "Refresh"),
        new Case(Denial.TOKEN_TYPE, "typ", "Offline"),
        new Case(Denial.TOKEN_TYPE, "typ", "ID"),
        new Case(Denial.TOKEN_TYPE, "nonce", "n-1"),
        new Case(Denial.TOKEN_TYPE, "at_hash", "h"),
        new Case(Denial.TOKEN_TYPE, "events", Map.of()),
        new Case(Denial.SENDER_CONSTRAINT, "token_type", "DPoP"),
        new Case(Denial.SENDER_CONSTRAINT, "token_type", "dpop"),
        new Case(Denial.CLAIMS, "token_type", ""),
        new Case(Denial.CLAIMS, "token_type", 1L),
        new Case(Denial.CLAIMS, "token_type", Json.NULL),
        new Case(Denial.CLAIMS, "token_use", List.of("access")));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void IN8_I11_refusesWhatIsNoAccessToken(Case one) {
    denied(one);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer", "BEARER"})
  void IN8_I11_acceptsABearerTokenInAnyCase(String type) {
    granted(FakeIntrospection.activeWith("token_type", type));
  }

  @ParameterizedTest
  @ValueSource(strings = {"access", "access_token"})
  void acceptsWhatServersCallAnAccessToken(String use) {
    granted(FakeIntrospection.activeWith("token_use", use));
    granted(FakeIntrospection.activeWith("typ", "Bearer"));
  }

  static Stream<Case> types() {
    return Stream.of("sub", "username", "client_id", "iss", "azp", "jti")
        .flatMap(
            name ->
                Stream.of(1L, true, Json.NULL, List.of("x"), Map.of("x", "y"), "")
                    .map(value -> new Case(Denial.CLAIMS, name, value)));
  }

  @ParameterizedTest
  @MethodSource("types")
  void IN10_refusesMembersOfAnotherType(Case one) {
    denied(one);
  }

  @Test
  void refusesAClaimThatMustSaySomethingElse() {
    TokenShape shape = new TokenShape(Set.of("at+jwt"), false, "", Map.of("tid", Set.of("t-1")));
    TrustedIssuer issuer = TrustedIssuer.builder(Bench.ISSUER).shape(shape).build();

    server.answer(FakeIntrospection.activeWith("tid", "t-1"));
    FakeIntrospection.granted(server.validator(issuer));
    server.answer(FakeIntrospection.activeWith("tid", "t-2"));
    FakeIntrospection.denied(Denial.CLAIMS, server.validator(issuer));
    server.answer(FakeIntrospection.active());
    FakeIntrospection.denied(Denial.CLAIMS, server.validator(issuer));
  }

  @Test
  void I06_acceptsAnAbsentAudienceOnlyWithTwoOtherTies() {
    AudienceBinding binding =
        new AudienceBinding(
            false,
            Set.of("aud"),
            Set.of(),
            Set.of("client-1"),
            false,
            true,
            Set.of("mcp:read"),
            Set.of());
    TrustedIssuer issuer = TrustedIssuer.builder(Bench.ISSUER).binding(binding).build();

    server.answer(FakeIntrospection.activeWithout("aud"));
    FakeIntrospection.granted(server.validator(issuer));
    FakeIntrospection.denied(Denial.AUDIENCE, server.validator());
    Map<String, Object> otherClient = FakeIntrospection.activeWithout("aud");
    otherClient.put("client_id", "client-2");
    server.answer(otherClient);
    FakeIntrospection.denied(Denial.AUDIENCE, server.validator(issuer));
    Map<String, Object> otherScope = FakeIntrospection.activeWithout("aud");
    otherScope.put("scope", "mcp:write");
    server.answer(otherScope);
    FakeIntrospection.denied(Denial.AUDIENCE, server.validator(issuer));
  }

  @Test
  void refusesTwoClients() {
    denied(new Case(Denial.CLAIMS, "azp", "client-2"));
    granted(FakeIntrospection.activeWith("azp", "client-1"));
  }

  @Test
  void IN23_readsTheScopeFromAStringOnly() {
    denied(new Case(Denial.CLAIMS, "scope", List.of("mcp:read")));
    denied(new Case(Denial.CLAIMS, "scope", Map.of()));
    denied(new Case(Denial.CLAIMS, "scope", Json.NULL));
    denied(new Case(Denial.CLAIMS, "scope", "mcp:read\tmcp:write"));
    denied(new Case(Denial.CLAIMS, "scp", "mcp:admin"));
  }

  @Test
  void IN23_readsAnArrayWhereThatIsConfigured() {
    Map<String, Object> answer = FakeIntrospection.activeWithout("scope");
    answer.put("scp", List.of("mcp:read", "mcp:write"));
    server.answer(answer);
    TrustedIssuer issuer = TrustedIssuer.builder(Bench.ISSUER).scopeClaims("scp").build();

    assertEquals(
        Scope.of("mcp:read", "mcp:write"),
        FakeIntrospection.granted(server.validator(issuer)).scope());
    assertEquals(Scope.NONE, FakeIntrospection.granted(server.validator()).scope());
  }

  @Test
  void I11_neverDropsABinding() {
    Map<String, String> cnf = Map.of("jkt", FakeIntrospection.TOKEN);

    assertEquals(cnf, granted(FakeIntrospection.activeWith("cnf", cnf)).claims().get("cnf"));
    denied(new Case(Denial.CLAIMS, "cnf", Map.of()));
    denied(new Case(Denial.CLAIMS, "cnf", Json.NULL));
    denied(new Case(Denial.CLAIMS, "cnf", "x"));
  }

  @Test
  void handsOnNoTokenThatTheServerRepeats() {
    Map<String, Object> answer = FakeIntrospection.activeWith("token", FakeIntrospection.TOKEN);
    answer.put("nested", Map.of("list", List.of("Bearer " + FakeIntrospection.TOKEN)));
    answer.put("kept", "opaque-token-of-another-kind");

    AccessToken token = granted(answer);

    assertFalse(token.claims().containsKey("token"));
    assertFalse(token.claims().containsKey("nested"));
    assertEquals("opaque-token-of-another-kind", token.claims().get("kept"));
  }
}
