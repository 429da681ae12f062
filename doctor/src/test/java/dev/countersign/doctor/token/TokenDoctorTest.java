package dev.countersign.doctor.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.Profile;
import dev.countersign.doctor.token.TokenVerdict.Kind;
import dev.countersign.internal.Json;
import dev.countersign.oauth.Decision;
import dev.countersign.testkit.SigningKey;
import dev.countersign.testkit.TokenBuilder;
import dev.countersign.testkit.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenDoctorTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final SigningKey KEY = SigningKey.ec("k");
  private static final SigningKey OTHER = SigningKey.ec("k");
  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String ISSUER = "https://id.example.com";
  private static final String TENANT = "8f2b6a10-3c55-4f0e-9d27-51c1f6a0b7e1";
  private static final String APPLICATION = "11aa22bb-33cc-44dd-55ee-66ff77aa88bb";

  private static String token(String issuer, UnaryOperator<TokenBuilder> edit) {
    Tokens tokens = new Tokens(issuer, RESOURCE, () -> KEY, InstantSource.fixed(NOW));
    return edit.apply(tokens.mint().subject("secret-sub").claim("email", "secret@example.com"))
        .text();
  }

  private static TokenDoctor.Place place(String issuer) {
    return new TokenDoctor.Place(
        RESOURCE, issuer, Json.write(Map.of("keys", List.of(KEY.jwk()))), List.of("mcp:read"));
  }

  private static TokenVerdict verdict(String issuer, String token) {
    TokenVerdict verdict =
        TokenDoctor.judge(token, TokenContent.of(token).orElseThrow(), place(issuer), NOW);
    String shown = verdict.toString();
    assertFalse(shown.contains("secret"), shown);
    for (String part : token.split("\\.")) {
      assertFalse(shown.contains(part), shown);
    }
    return verdict;
  }

  private static TokenVerdict verdict(UnaryOperator<TokenBuilder> edit) {
    return verdict(ISSUER, token(ISSUER, edit));
  }

  private static TokenBuilder plain(TokenBuilder token) {
    return token.header("typ", "JWT").without("client_id").without("jti");
  }

  @Test
  void leavesAGoodTokenAlone() {
    TokenVerdict verdict = verdict(token -> token);
    assertEquals(Kind.ACCEPTED, verdict.kind(), verdict::toString);
    assertEquals(List.of(), verdict.settings());
    assertEquals(Profile.values().length, verdict.profiles().size());
  }

  @Test
  void namesTheOneSettingForAPlainJwt() {
    TokenVerdict verdict = verdict(TokenDoctorTest::plain);
    assertEquals(Kind.MENDABLE, verdict.kind(), verdict::toString);
    assertEquals(List.of("accept-plain-jwt=true"), verdict.settings());
    assertTrue(verdict.reason().startsWith("TOKEN_TYPE"), verdict.reason());
  }

  /** Tokens as these servers make them, with the profile and the settings they need. */
  private enum Server {
    ENTRA_V2(
        "https://login.microsoftonline.com/" + TENANT + "/v2.0",
        token ->
            plain(token)
                .audience(APPLICATION)
                .claim("azp", "client-1")
                .claim("ver", "2.0")
                .claim("tid", TENANT)
                .without("scope")
                .claim("scp", "mcp:read"),
        "profile=entra-v2",
        "audience-aliases=" + APPLICATION),
    ENTRA_V1(
        "https://login.microsoftonline.com/" + TENANT + "/v2.0",
        token ->
            plain(token)
                .claim("iss", "https://sts.windows.net/" + TENANT + "/")
                .audience("api://" + APPLICATION)
                .claim("appid", "client-1")
                .claim("ver", "1.0")
                .claim("tid", TENANT)
                .without("scope")
                .claim("scp", "mcp:read"),
        "profile=entra-v1",
        "audience-aliases=api://" + APPLICATION,
        "authorization-servers=https://login.microsoftonline.com/{tenantid}/v2.0",
        "tenants=" + TENANT),
    AUTH0(
        "https://tenant.eu.auth0.com/",
        token ->
            plain(token)
                .audience(RESOURCE, "https://tenant.eu.auth0.com/userinfo")
                .claim("azp", "client-1"),
        "profile=auth0"),
    OKTA(
        "https://org.okta.com/oauth2/aus1a2b3",
        token ->
            plain(token)
                .claim("cid", "client-1")
                .without("scope")
                .claim("scp", List.of("mcp:read")),
        "profile=okta"),
    KEYCLOAK(
        "https://sso.example.com/realms/mcp",
        token -> plain(token).claim("azp", "client-1").claim("typ", "Bearer"),
        "profile=keycloak"),
    COGNITO(
        "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34",
        token -> plain(token).without("aud").client("client-1").claim("token_use", "access"),
        "profile=cognito",
        "binding-scopes=mcp:read",
        "client-ids=client-1"),
    SUPABASE(
        "https://project.supabase.co/auth/v1",
        token ->
            plain(token)
                .audience("authenticated")
                .client("client-1")
                .claim("role", "authenticated"),
        "profile=supabase",
        "client-ids=client-1"),
    AUTHENTIK(
        "https://auth.example.com/application/o/mcp/",
        token -> plain(token).audience("client-1").claim("azp", "client-1"),
        "profile=authentik",
        "binding-scopes=mcp:read",
        "client-ids=client-1");

    private final String issuer;
    private final UnaryOperator<TokenBuilder> edit;
    private final List<String> settings;

    Server(String issuer, UnaryOperator<TokenBuilder> edit, String... settings) {
      this.issuer = issuer;
      this.edit = edit;
      this.settings = List.of(settings);
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void findsTheProfileAndWhatItNeeds(Server server) {
    String token = token(server.issuer, server.edit);
    TokenVerdict verdict = verdict(server.issuer, token);
    assertEquals(Kind.MENDABLE, verdict.kind(), verdict::toString);
    assertEquals(server.settings, verdict.settings(), verdict::toString);
    assertEquals("profile=" + verdict.profile(), server.settings.get(0));

    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : verdict.settings()) {
      settings.put(
          setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    assertInstanceOf(
        Decision.Granted.class, new Trial(token, place(server.issuer)).judge(settings, NOW));
  }

  @Test
  void suggestsNoAliasForSomebodyElsesTokens() {
    for (String audience :
        List.of("https://other.example.com/mcp", "https://mcp.example.com/other", "account")) {
      TokenVerdict verdict = verdict(token -> token.audience(audience));
      assertEquals(Kind.REFUSED, verdict.kind(), verdict::toString);
      assertEquals(List.of(), verdict.settings());
      assertTrue(verdict.reason().startsWith("AUDIENCE"), verdict.reason());
    }
  }

  @Test
  void tellsOriginAndAliasApart() {
    assertEquals(
        List.of("accept-origin-audience=true"),
        verdict(token -> token.audience("https://mcp.example.com")).settings());
    assertEquals(
        List.of("audience-aliases=api://mcp"),
        verdict(token -> token.audience("api://mcp")).settings());
  }

  private static TokenBuilder old(TokenBuilder token) {
    return token.issuedIn(Duration.ofHours(-4)).expiresIn(Duration.ofHours(-3));
  }

  @Test
  void judgesAnExpiredTokenAsIfItWereNew() {
    TokenVerdict verdict = verdict(token -> old(token));
    assertEquals(Kind.REFUSED, verdict.kind(), verdict::toString);
    assertTrue(verdict.notes().toString().contains("expired 3 hours ago"), verdict::toString);
    TokenVerdict more = verdict(token -> plain(old(token)));
    assertEquals(List.of("accept-plain-jwt=true"), more.settings());
  }

  @Test
  void measuresTheClocks() {
    assertEquals(
        List.of("clock-skew=PT2M30S"),
        verdict(token -> token.issuedIn(Duration.ofMinutes(2))).settings());
    assertEquals(List.of(), verdict(token -> token.issuedIn(Duration.ofMinutes(20))).settings());
  }

  @Test
  void mendsNoForgery() {
    for (UnaryOperator<TokenBuilder> edit :
        List.<UnaryOperator<TokenBuilder>>of(
            token -> token.signedBy(OTHER),
            token -> token.unsigned("none"),
            token -> token.claim("nonce", "n"),
            token -> token.header("typ", "dpop+jwt"),
            token -> token.header("typ", "logout+jwt"),
            token -> token.claim("iss", "https://other.example").signedBy(OTHER))) {
      TokenVerdict verdict = verdict(edit);
      assertEquals(Kind.REFUSED, verdict.kind(), verdict::toString);
      assertEquals(List.of(), verdict.settings(), verdict::toString);
      assertFalse(verdict.profiles().containsValue("accepts it"), verdict::toString);
    }
  }

  @Test
  void findsScopesWhereverTheyAre() {
    assertEquals(
        List.of("scope-claims=permissions"),
        verdict(token -> token.without("scope").claim("permissions", List.of("mcp:read")))
            .settings());
    TokenVerdict without = verdict(token -> token.scope("other"));
    assertTrue(without.notes().toString().contains("It lacks mcp:read"), without::toString);
  }

  @Test
  void takesNoTimeThatIsNone() {
    for (Object time : List.of(Long.MAX_VALUE, "soon", -1)) {
      assertEquals(Kind.REFUSED, verdict(token -> token.claim("exp", time)).kind());
    }
  }

  @Test
  void knowsAnotherNameForAccessTokens() {
    assertEquals(
        List.of("token-types=at+jwt,access+jwt"),
        verdict(token -> token.header("typ", "access+jwt")).settings());
  }

  @Test
  void saysWhatABoundTokenNeeds() {
    TokenVerdict verdict = verdict(token -> token.claim("cnf", Map.of("jkt", "x")));
    assertEquals(List.of("dpop=optional"), verdict.settings(), verdict::toString);
  }

  @Test
  void showsNothingThatMovesTheCursor() {
    TokenVerdict verdict = verdict(token -> token.audience("x\u001b[2J\ny"));
    assertFalse(verdict.toString().contains("\u001b"), verdict::toString);
  }

  @Test
  void saysWhatAnOpaqueTokenNeeds() {
    TokenVerdict verdict = OpaqueVerdict.of("opaque", ISSUER, Optional.empty());
    assertEquals(Kind.NOT_JUDGED, verdict.kind());
    assertTrue(verdict.settings().contains("tokens=opaque"), verdict::toString);
    assertTrue(verdict.notes().toString().contains("introspection_endpoint"), verdict::toString);
    assertTrue(
        OpaqueVerdict.of("a.b.c.d.e", ISSUER, Optional.empty()).reason().contains("encrypted"));
  }
}
