package dev.countersign.token;

import static dev.countersign.token.Bench.ISSUER;
import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.Bench.claimsWith;
import static dev.countersign.token.Bench.claimsWithout;
import static dev.countersign.token.Bench.denied;
import static dev.countersign.token.Bench.granted;
import static dev.countersign.token.Bench.plain;
import static dev.countersign.token.Bench.validator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.countersign.internal.Json;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeClaimsTest {

  private final JwtTokenValidator strict = validator();
  private final JwtTokenValidator compatible = validator(plain());

  private static Scope scopeOf(JwtTokenValidator validator, Map<String, Object> claims) {
    return granted(validator, RSA.sign(claims)).scope();
  }

  @Test
  void J40_splitsTheStringAtSpaces() {
    assertEquals(Scope.of("a", "b"), scopeOf(strict, claimsWith("scope", "a b")));
    assertEquals(Scope.of("a"), scopeOf(strict, claimsWith("scope", "a a")));
  }

  @Test
  void CL29_aMissingScopeIsNoScope() {
    assertEquals(Scope.NONE, scopeOf(strict, claimsWithout("scope")));
    assertEquals(Scope.NONE, scopeOf(strict, claimsWith("scope", "")));
  }

  static Stream<Object> wrong() {
    return Stream.of(
        Json.NULL,
        1L,
        true,
        Map.of(),
        List.of(),
        List.of("a"),
        "a\tb",
        "a\u00a0b",
        "a\"b",
        "a\\b",
        "a\nb",
        "\uff41dmin",
        "a\u0000",
        "a\u200b");
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void CL30_CL31_CL32_J40_refusesWhatIsNoScope(Object scope) {
    denied(Denial.CLAIMS, strict, RSA.sign(claimsWith("scope", scope)));
    denied(Denial.CLAIMS, compatible, RSA.sign(claimsWith("scope", scope)));
  }

  @Test
  void CL31_ignoresEmptyElements() {
    assertEquals(Scope.of("a", "b"), scopeOf(strict, claimsWith("scope", " a  b ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a+b", "*", "admin:*", "A"})
  void CL31_CL32_CL36_takesEveryTokenLiterally(String token) {
    Scope scope = scopeOf(strict, claimsWith("scope", token));

    assertEquals(Scope.of(token), scope);
    assertFalse(scope.covers(Scope.of("a")));
    assertFalse(scope.covers(Scope.of("admin:x")));
  }

  @Test
  void CL35_limitsTheNumberOfTokens() {
    String most = IntStream.range(0, 256).mapToObj(n -> "s" + n).collect(Collectors.joining(" "));

    assertEquals(256, scopeOf(strict, claimsWith("scope", most)).tokens().size());
    denied(Denial.CLAIMS, strict, RSA.sign(claimsWith("scope", most + " more")));
  }

  @Test
  void CL33_J41_readsScpOnlyIfConfigured() {
    Map<String, Object> claims = claimsWithout("scope");
    claims.put("scp", "a b");
    assertEquals(Scope.NONE, scopeOf(strict, claims));
    assertEquals(Scope.of("a", "b"), scopeOf(compatible, claims));

    claims.put("scp", List.of("a", "b"));
    assertEquals(Scope.NONE, scopeOf(strict, claims));
    assertEquals(Scope.of("a", "b"), scopeOf(compatible, claims));
  }

  @Test
  void CL33_J41_J50_readsOtherClaimsOfTheirIssuerOnly() {
    Map<String, Object> claims = claimsWithout("scope");
    claims.put("permissions", List.of("a", "b"));
    claims.put("roles", List.of("admin"));
    JwtTokenValidator mapped =
        validator(TrustedIssuer.builder(ISSUER).scopeClaims("permissions").build());

    assertEquals(Scope.of("a", "b"), scopeOf(mapped, claims));
    assertEquals(Scope.NONE, scopeOf(strict, claims));
    assertEquals(Scope.NONE, scopeOf(compatible, claims));
  }

  @Test
  void CL34_refusesTwoClaimsThatDiffer() {
    Map<String, Object> claims = claimsWith("scope", "a b");
    claims.put("scp", List.of("b", "a"));
    assertEquals(Scope.of("a", "b"), scopeOf(compatible, claims));
    assertEquals(Scope.of("a", "b"), scopeOf(strict, claims));

    claims.put("scp", List.of("a", "b", "admin"));
    denied(Denial.CLAIMS, compatible, RSA.sign(claims));
    denied(Denial.CLAIMS, strict, RSA.sign(claims));
  }

  @Test
  void refusesAnArrayThatHoldsMoreThanStrings() {
    Map<String, Object> claims = claimsWithout("scope");
    for (Object wrong : List.of(List.of("a", 1L), List.of("a b"), List.of(""), Map.of(), 1L)) {
      claims.put("scp", wrong);
      denied(Denial.CLAIMS, compatible, RSA.sign(claims));
    }
  }
}
