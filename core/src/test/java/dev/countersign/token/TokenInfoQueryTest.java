package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.FetchResult.Cause;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.internal.FormRequest;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers have the shape of Google's. */
class TokenInfoQueryTest {

  private static final String CLIENT = "1234-abc.apps.googleusercontent.com";
  private static final URI ENDPOINT = URI.create("https://oauth2.example/tokeninfo");
  private static final TrustedIssuer ISSUER =
      TrustedIssuer.builder("https://accounts.example").audienceAliases(CLIENT).build();

  private final FakeIntrospection server = new FakeIntrospection();

  private IntrospectionValidator validator() {
    return validator(ISSUER);
  }

  private IntrospectionValidator validator(TrustedIssuer issuer) {
    OpaqueTokens tokens =
        new OpaqueTokens(
            issuer, new OpaqueTokens.Inquiry.TokenInfo(ENDPOINT), OpaqueTokens.DEFAULT_CACHE_LIFE);
    return server.validator(tokens, new TokenInfoQuery(ENDPOINT, server));
  }

  private static Map<String, Object> answer() {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("azp", CLIENT);
    answer.put("aud", CLIENT);
    answer.put("sub", "110248495921238986420");
    answer.put("scope", "openid https://www.googleapis.com/auth/userinfo.email");
    answer.put("exp", "" + (Bench.SECONDS + 3599));
    answer.put("expires_in", "3599");
    answer.put("email", "alice@example.com");
    answer.put("email_verified", "true");
    answer.put("access_type", "online");
    return answer;
  }

  private static Map<String, Object> with(String name, Object value) {
    Map<String, Object> answer = answer();
    answer.put(name, value);
    return answer;
  }

  private static Map<String, Object> without(String... names) {
    Map<String, Object> answer = answer();
    answer.keySet().removeAll(List.of(names));
    return answer;
  }

  private AccessToken granted(Map<String, Object> answer) {
    server.answer(answer);
    return FakeIntrospection.granted(validator());
  }

  @Test
  void fillsTheAccessToken() {
    AccessToken token = granted(answer());

    assertEquals("https://accounts.example", token.issuer());
    assertEquals("110248495921238986420", token.subject());
    assertEquals(Optional.of(CLIENT), token.clientId());
    assertEquals(List.of(CLIENT), token.audience());
    assertEquals(
        Scope.of("openid", "https://www.googleapis.com/auth/userinfo.email"), token.scope());
    assertEquals(Bench.NOW.plusSeconds(3599), token.expiresAt());
    assertEquals("alice@example.com", token.claims().get("email"));
  }

  @Test
  void LG16_postsTheTokenAndNeverPutsItIntoTheUrl() {
    granted(answer());

    FormRequest request = server.requests.get(0);
    assertEquals(ENDPOINT, request.uri());
    assertEquals("access_token=" + FakeIntrospection.TOKEN, request.body());
    assertEquals(Map.of(), request.fields());
    assertFalse(request.toString().contains(FakeIntrospection.TOKEN));
  }

  @Test
  void readsTimesAsStringsAndAsNumbers() {
    assertEquals(Bench.NOW.plusSeconds(60), granted(with("exp", Bench.SECONDS + 60)).expiresAt());
    Map<String, Object> relative = without("exp");
    assertEquals(Bench.NOW.plusSeconds(3599), granted(relative).expiresAt());
    relative.put("expires_in", 120L);
    assertEquals(Bench.NOW.plusSeconds(120), granted(relative).expiresAt());
  }

  @Test
  void IN2_aTokenThatIsNotKnownIsInactive() {
    server.answer(FakeIntrospection.status(400));
    FakeIntrospection.denied(Denial.INACTIVE, validator());

    server.answer(Map.of("error", "invalid_token", "error_description", "Invalid Value"));
    FakeIntrospection.denied(Denial.INACTIVE, validator());
    server.answer(with("error", "invalid_token"));
    FakeIntrospection.denied(Denial.INACTIVE, validator());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 429, 500, 503})
  void IN5_IN6_I10_isUndecidedWhileTheServerFails(int status) {
    server.answer(FakeIntrospection.status(status));
    FakeIntrospection.undecided(validator());
  }

  @Test
  void IN6_isUndecidedDuringAnOutage() {
    server.answer(new Failed(Cause.DEADLINE));
    FakeIntrospection.undecided(validator());

    server.answer(new Failed(Cause.STATUS, 429, Duration.ofSeconds(9)));
    IntrospectionValidator validator = validator();
    FakeIntrospection.undecided(validator);
    server.answer(answer());
    server.advance(Duration.ofSeconds(8));
    FakeIntrospection.undecided(validator);
    server.advance(Duration.ofSeconds(1));
    FakeIntrospection.granted(validator);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "<html>", "{\"aud\":", "\"x\""})
  void IN4_I05_isUndecidedAboutAnUnusableAnswer(String answer) {
    server.answer(FakeIssuer.text(answer));
    FakeIntrospection.undecided(validator());
  }

  private record Case(Denial why, Map<String, Object> answer) {}

  static Stream<Case> refused() {
    return Stream.of(
        new Case(Denial.AUDIENCE, with("aud", "other.apps.googleusercontent.com")),
        new Case(Denial.AUDIENCE, without("aud")),
        new Case(Denial.AUDIENCE, without("aud", "azp")),
        new Case(Denial.AUDIENCE, with("aud", List.of(CLIENT, "other"))),
        // Of another client, but for ours.
        new Case(Denial.AUDIENCE, with("azp", "other.apps.googleusercontent.com")),
        new Case(Denial.AUDIENCE, with("aud", Bench.RESOURCE.toString())),
        new Case(Denial.CLAIMS, with("aud", 1L)),
        new Case(Denial.CLAIMS, with("azp", List.of(CLIENT))),
        new Case(Denial.CLAIMS, without("sub")),
        new Case(Denial.CLAIMS, without("exp", "expires_in")),
        new Case(Denial.CLAIMS, with("exp", "soon")),
        new Case(Denial.CLAIMS, with("exp", "9".repeat(13))),
        new Case(Denial.CLAIMS, with("exp", "-1")),
        new Case(Denial.CLAIMS, with("scope", List.of("openid"))),
        new Case(Denial.EXPIRED, with("exp", "" + (Bench.SECONDS - 30))),
        new Case(Denial.ISSUER, with("iss", "https://other.example")));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void IN7_I06_I07_refusesWhatIsNotForTheListedClients(Case one) {
    server.answer(one.answer());
    FakeIntrospection.denied(one.why(), validator());
  }

  @Test
  void heedsWhateverElseTiesATokenToTheResource() {
    AudienceBinding binding =
        new AudienceBinding(
            false,
            Set.of("aud"),
            Set.of(),
            Set.of(CLIENT),
            false,
            false,
            Set.of("https://api.example/mcp"),
            Set.of());
    TrustedIssuer issuer =
        TrustedIssuer.builder("https://accounts.example")
            .audienceAliases(CLIENT, "other")
            .binding(binding)
            .build();
    server.answer(with("scope", "openid https://api.example/mcp"));
    FakeIntrospection.granted(validator(issuer));

    server.answer(answer());
    FakeIntrospection.denied(Denial.AUDIENCE, validator(issuer));
    Map<String, Object> other = with("scope", "openid https://api.example/mcp");
    other.put("aud", "other");
    other.put("azp", "other");
    server.answer(other);
    FakeIntrospection.denied(Denial.AUDIENCE, validator(issuer));
  }

  @Test
  void IN7_refusesALifeThatIsOver() {
    Map<String, Object> answer = without("exp");
    answer.put("expires_in", "0");
    server.answer(answer);
    IntrospectionValidator validator = validator();
    server.advance(Duration.ofSeconds(1));
    // Within the tolerance for clocks; a second later than that it is over.
    FakeIntrospection.granted(validator);
    answer.put("exp", "" + (Bench.SECONDS - 29));
    server.answer(answer);
    FakeIntrospection.denied(Denial.EXPIRED, validator);
  }

  @Test
  void needsTheIdentifiersOfTheClients() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new OpaqueTokens(
                    TrustedIssuer.of("https://accounts.example"),
                    new OpaqueTokens.Inquiry.TokenInfo(ENDPOINT),
                    OpaqueTokens.DEFAULT_CACHE_LIFE));
    assertTrue(String.valueOf(refused.getMessage()).contains("audience-aliases"));
  }
}
