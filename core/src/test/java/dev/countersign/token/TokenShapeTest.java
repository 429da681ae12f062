package dev.countersign.token;

import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.Bench.claims;
import static dev.countersign.token.Bench.claimsWith;
import static dev.countersign.token.Bench.claimsWithout;
import static dev.countersign.token.Bench.denied;
import static dev.countersign.token.Bench.granted;
import static dev.countersign.token.Bench.headerWith;
import static dev.countersign.token.Bench.validator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.internal.Json;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenShapeTest {

  private static final Set<String> TYPE = Set.of("at+jwt");

  private static JwtTokenValidator of(TokenShape shape) {
    return validator(TrustedIssuer.builder(Bench.ISSUER).shape(shape).build());
  }

  private static String typed(String type) {
    return RSA.sign(headerWith(RSA, "typ", type), claims());
  }

  @Test
  void J40_CL30_CL33_aScopeArrayIsReadOnlyIfConfigured() {
    JwtTokenValidator on = of(new TokenShape(TYPE, true, "", Map.of()));
    String array = RSA.sign(claimsWith("scope", List.of("mcp:read", "mcp:write")));

    assertEquals(Scope.of("mcp:read", "mcp:write"), granted(on, array).scope());
    denied(Denial.CLAIMS, validator(), array);
    denied(Denial.CLAIMS, on, RSA.sign(claimsWith("scope", List.of("mcp:read mcp:write"))));
    denied(Denial.CLAIMS, on, RSA.sign(claimsWith("scope", List.of(1))));
    denied(Denial.CLAIMS, on, RSA.sign(claimsWith("scope", Json.NULL)));
  }

  @Test
  void J41_theScopeIsSaidAsClientsAskForIt() {
    JwtTokenValidator on = of(new TokenShape(TYPE, false, "api://x/", Map.of()));

    assertEquals(
        Scope.of("api://x/read", "api://x/write", "openid"),
        granted(on, RSA.sign(claimsWith("scope", "read api://x/write openid"))).scope());
    assertEquals(Scope.NONE, granted(on, RSA.sign(claimsWithout("scope"))).scope());
  }

  @Test
  void aFurtherTypeIsAcceptedOnlyIfConfigured() {
    JwtTokenValidator on =
        of(new TokenShape(Set.of("application/access_token+jwt"), false, "", Map.of()));

    granted(on, typed("Access_Token+JWT"));
    granted(on, typed("application/access_token+jwt"));
    denied(Denial.TOKEN_TYPE, validator(), typed("access_token+jwt"));
    denied(Denial.TOKEN_TYPE, on, typed("at+jwt"));
    denied(Denial.TOKEN_TYPE, on, typed("JWT"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "application/",
        "JWT",
        "application/jwt",
        "logout+jwt",
        "dpop+jwt",
        "secevent+jwt",
        "application/token-introspection+jwt",
        "oauth-authz-req+jwt"
      })
  void J03_refusesTypesOfWhatIsNoAccessToken(String type) {
    assertThrows(
        IllegalArgumentException.class, () -> new TokenShape(Set.of(type), false, "", Map.of()));
  }

  @Test
  void aRequiredClaimHasOneOfItsLiteralValues() {
    JwtTokenValidator on =
        of(
            new TokenShape(
                TYPE,
                false,
                "",
                Map.of("use", Set.of("access", "token"), "human", Set.of("true"))));
    Map<String, Object> good = claimsWith("use", "token");
    good.put("human", true);

    granted(on, RSA.sign(good));
    for (Object wrong :
        List.of("acces", "ACCESS", "access ", "*", "", 1, List.of("access"), Map.of(), Json.NULL)) {
      good.put("use", wrong);
      denied(Denial.CLAIMS, on, RSA.sign(good));
    }
    denied(Denial.CLAIMS, on, RSA.sign(claims()));
  }

  @Test
  void refusesWhatRequiresNothing() {
    for (Map<String, Set<String>> wrong :
        List.of(
            Map.of("", Set.of("x")),
            Map.of("x", Set.<String>of()),
            Map.of("x", Set.of("*")),
            Map.of("x", Set.of("")))) {
      assertThrows(IllegalArgumentException.class, () -> new TokenShape(TYPE, false, "", wrong));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new TokenShape(TYPE, false, "a b", Map.of()));
  }
}
