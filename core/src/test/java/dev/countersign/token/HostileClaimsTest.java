package dev.countersign.token;

import static dev.countersign.token.Bench.ISSUER;
import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.Bench.claims;
import static dev.countersign.token.Bench.claimsWith;
import static dev.countersign.token.Bench.claimsWithout;
import static dev.countersign.token.Bench.denied;
import static dev.countersign.token.Bench.granted;
import static dev.countersign.token.Bench.plain;
import static dev.countersign.token.Bench.validator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.Json;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims of tokens that are correctly signed by the issuer. */
class HostileClaimsTest {

  private static final List<Object> NO_STRINGS =
      List.of(Json.NULL, 1L, true, List.of("x"), Map.of("x", "y"), "");

  private final JwtTokenValidator strict = validator();
  private final JwtTokenValidator compatible = validator(plain());

  private void deniedInEveryMode(Denial why, Map<String, Object> claims) {
    denied(why, strict, RSA.sign(claims));
    denied(why, compatible, RSA.sign(claims));
  }

  @Test
  void J01_J07_acceptsAGoodToken() {
    AccessToken token = granted(strict, RSA.sign(claims()));

    assertEquals(ISSUER, token.issuer());
    assertEquals("user-1", token.subject());
    assertEquals(Optional.of("client-1"), token.clientId());
    assertEquals(Scope.of("mcp:read", "mcp:write"), token.scope());
    assertEquals(Bench.NOW.plusSeconds(300), token.expiresAt());
    assertEquals(claims(), token.claims());
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "sub", "client_id", "iat", "jti"})
  void J27_CL1_CL17_refusesAMissingClaimOfRfc9068(String name) {
    denied(Denial.CLAIMS, strict, RSA.sign(claimsWithout(name)));
  }

  @Test
  void J04_J27_acceptsAMissingClientInCompatibilityModeOnly() {
    Map<String, Object> claims = claimsWithout("client_id", "iat", "jti");

    denied(Denial.CLAIMS, strict, RSA.sign(claims));
    assertEquals(Optional.empty(), granted(compatible, RSA.sign(claims)).clientId());
    denied(Denial.CLAIMS, compatible, RSA.sign(claimsWithout("sub")));
    denied(Denial.CLAIMS, compatible, RSA.sign(claimsWithout("exp")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub", "client_id", "jti", "azp"})
  void CL2_CL17_refusesEveryOtherTypeThanAString(String name) {
    for (Object wrong : NO_STRINGS) {
      deniedInEveryMode(Denial.CLAIMS, claimsWith(name, wrong));
    }
  }

  @Test
  void CL17_CL50_limitsSubjectAndIdentifiers() {
    granted(strict, RSA.sign(claimsWith("sub", "x".repeat(255))));
    deniedInEveryMode(Denial.CLAIMS, claimsWith("sub", "x".repeat(256)));
    deniedInEveryMode(Denial.CLAIMS, claimsWith("sub", "a\nb"));
    deniedInEveryMode(Denial.CLAIMS, claimsWith("sub", "a\u0000"));
    deniedInEveryMode(Denial.CLAIMS, claimsWith("sub", "a\u0085"));
    deniedInEveryMode(Denial.CLAIMS, claimsWith("jti", "x".repeat(1025)));
  }

  @Test
  void CL18_keepsSubjectsOfOtherBytesApart() {
    String composed = granted(strict, RSA.sign(claimsWith("sub", "caf\u00e9"))).subject();
    String decomposed = granted(strict, RSA.sign(claimsWith("sub", "cafe\u0301"))).subject();

    assertNotEquals(composed, decomposed);
  }

  @Test
  void CL46_readsNamesWithEscapes() {
    String json = Json.write(claims()).replace("\"aud\"", "\"a\\u0075d\"");

    granted(strict, RSA.sign(Json.write(RSA.header()), json));
  }

  @Test
  void CL47_doesNotReadNamesOfAnotherCase() {
    Map<String, Object> claims = claimsWithout("exp");
    claims.put("EXP", Bench.SECONDS + 300);
    deniedInEveryMode(Denial.CLAIMS, claims);

    claims = claimsWithout("aud");
    claims.put("AUD", Bench.RESOURCE.toString());
    deniedInEveryMode(Denial.AUDIENCE, claims);
  }

  @Test
  void JS30_J21_refusesEveryRepeatedClaim() {
    String json = Json.write(claims());
    for (String name : claims().keySet()) {
      String again = json.replace("}", ",\"" + name + "\":\"x\"}");
      denied(Denial.TOKEN_MALFORMED, strict, RSA.sign(Json.write(RSA.header()), again));
    }
    for (String nested :
        List.of("\"cnf\":{\"jkt\":\"a\",\"jkt\":\"b\"}", "\"x\":[{\"y\":1,\"\\u0079\":1}]")) {
      String with = json.replace("}", "," + nested + "}");
      denied(Denial.TOKEN_MALFORMED, strict, RSA.sign(Json.write(RSA.header()), with));
    }
  }

  static Stream<Object> confirmations() {
    return Stream.of(
        Map.of(),
        Map.of("jkt", Json.NULL),
        Map.of("jkt", "a", "x5t#S256", Json.NULL),
        Json.NULL,
        "text",
        List.of(),
        1L);
  }

  @ParameterizedTest
  @MethodSource("confirmations")
  void CL40_refusesAConfirmationThatCouldLookLikeNone(Object confirmation) {
    deniedInEveryMode(Denial.CLAIMS, claimsWith("cnf", confirmation));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonce", "at_hash", "c_hash", "s_hash"})
  void J42_CL45_HP14_refusesAnIdTokenInEveryMode(String name) {
    deniedInEveryMode(Denial.ID_TOKEN, claimsWith(name, "x"));
    deniedInEveryMode(Denial.ID_TOKEN, claimsWith(name, Json.NULL));
    Map<String, Object> untyped = RSA.header();
    untyped.remove("typ");
    denied(Denial.ID_TOKEN, compatible, RSA.sign(untyped, claimsWith(name, "x")));
  }

  @Test
  void J42_refusesATokenThatSaysItIsAnother() {
    granted(compatible, RSA.sign(claimsWith("token_use", "access")));
    deniedInEveryMode(Denial.ID_TOKEN, claimsWith("token_use", "id"));
    deniedInEveryMode(Denial.ID_TOKEN, claimsWith("token_use", 1L));
    granted(compatible, RSA.sign(claimsWith("typ", "Bearer")));
    deniedInEveryMode(Denial.ID_TOKEN, claimsWith("typ", "ID"));
    deniedInEveryMode(Denial.ID_TOKEN, claimsWith("typ", "Refresh"));
  }

  @Test
  void CL45_refusesASecurityEvent() {
    deniedInEveryMode(Denial.TOKEN_TYPE, claimsWith("events", Map.of()));
  }

  @Test
  void CL44_refusesTwoClientsThatDiffer() {
    granted(strict, RSA.sign(claimsWith("azp", "client-1")));
    deniedInEveryMode(Denial.CLAIMS, claimsWith("azp", "client-2"));
  }

  @Test
  void J50_takesTheClientFromTheConfiguredClaim() {
    Map<String, Object> claims = claimsWithout("client_id");
    claims.put("azp", "client-2");
    claims.put("cid", "client-3");
    TrustedIssuer byCid =
        TrustedIssuer.builder(ISSUER).acceptPlainJwt().clientIdClaims("cid").build();

    assertEquals(Optional.of("client-2"), granted(compatible, RSA.sign(claims)).clientId());
    assertEquals(Optional.of("client-3"), granted(validator(byCid), RSA.sign(claims)).clientId());
  }

  @Test
  void J45_tellsAClientFromAUser() {
    assertFalse(granted(strict, RSA.sign(claims())).isClientItself());
    assertTrue(granted(strict, RSA.sign(claimsWith("sub", "client-1"))).isClientItself());
  }

  @Test
  void J46_J47_CL43_keepsGroupsAndActorsForThePolicy() {
    Map<String, Object> claims = claimsWith("groups", List.of("a", "b"));
    claims.put("act", Map.of("sub", "agent-1", "act", Map.of("sub", "agent-2")));
    AccessToken token = granted(strict, RSA.sign(claims));

    assertEquals("user-1", token.subject());
    assertEquals(List.of("a", "b"), token.claims().get("groups"));
    assertEquals(claims.get("act"), token.claims().get("act"));
    deniedInEveryMode(Denial.CLAIMS, claimsWith("act", "agent-1"));
  }

  @Test
  void J48_CL54_keepsAuthorizationDetailsAndRefusesMalformedOnes() {
    Object details = List.of(Map.of("type", "payment", "scope", "admin"));
    AccessToken token = granted(strict, RSA.sign(claimsWith("authorization_details", details)));

    assertEquals(details, token.claims().get("authorization_details"));
    assertEquals(Scope.of("mcp:read", "mcp:write"), token.scope());
    for (Object wrong :
        List.of("x", Json.NULL, Map.of("type", "x"), List.of("x"), List.of(Map.of()))) {
      deniedInEveryMode(Denial.CLAIMS, claimsWith("authorization_details", wrong));
    }
  }

  @Test
  void J49_CL51_ignoresUnknownClaims() {
    Map<String, Object> claims = claims();
    IntStream.range(0, 20).forEach(count -> claims.put("odd-" + count, count % 2 == 0));
    claims.put("__proto__", Map.of("sub", "root"));
    claims.put("@type", "java.lang.Runtime");
    claims.put("class", "java.lang.Runtime");
    claims.put("", "");

    assertEquals("user-1", granted(strict, RSA.sign(claims)).subject());
  }

  @Test
  void nullsDoNotReachTheApplication() {
    Map<String, Object> claims = claimsWith("odd", Json.NULL);
    claims.put("map", Map.of("in", Json.NULL, "kept", List.of("a", Json.NULL)));
    AccessToken token = granted(strict, RSA.sign(claims));

    assertFalse(token.claims().containsKey("odd"));
    assertEquals(Map.of("kept", List.of("a")), token.claims().get("map"));
  }

  @Test
  @SuppressWarnings("unchecked")
  void CA13_claimsAreUnmodifiableAtEveryDepth() {
    for (Object odd : List.of("x", Json.NULL)) {
      Map<String, Object> claims = claimsWith("list", List.of(Map.of("a", List.of("b"))));
      claims.put("odd", odd);
      Map<String, Object> read = granted(strict, RSA.sign(claims)).claims();
      List<Object> list = (List<Object>) read.get("list");
      Map<String, Object> map = (Map<String, Object>) list.get(0);

      assertThrows(UnsupportedOperationException.class, () -> read.put("x", "y"));
      assertThrows(UnsupportedOperationException.class, () -> list.add("y"));
      assertThrows(UnsupportedOperationException.class, () -> map.put("x", "y"));
      assertThrows(
          UnsupportedOperationException.class, () -> ((List<Object>) map.get("a")).add("y"));
    }
  }

  @Test
  void CL55_J25_looksAtNoClaimBeforeTheSignature() {
    Map<String, Object> worst = claimsWith("exp", "text");
    worst.put("aud", 1L);
    worst.put("cnf", Map.of());
    String token = RSA.sign(worst);
    String forged = token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(342);

    denied(Denial.SIGNATURE, strict, forged);
    denied(Denial.CLAIMS, strict, token);
  }
}
