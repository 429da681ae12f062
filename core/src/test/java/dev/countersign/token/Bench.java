package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What most tests of the validator stand on: one issuer, its keys, one resource, a clock that
 * stands still.
 */
final class Bench {

  static final String ISSUER = "https://id.example";
  static final ResourceIdentifier RESOURCE =
      ResourceIdentifier.parse("https://mcp.example.com/mcp");
  static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  static final long SECONDS = NOW.getEpochSecond();
  static final Duration SKEW = Duration.ofSeconds(30);

  static final TokenMint RSA = TokenMint.of(SignatureAlgorithm.RS256, "rsa-1");
  static final TokenMint PSS = TokenMint.of(SignatureAlgorithm.PS256, "pss-1");
  static final TokenMint EC = TokenMint.of(SignatureAlgorithm.ES256, "ec-1");
  static final TokenMint ED = TokenMint.of(SignatureAlgorithm.EDDSA, "ed-1");

  /** A key that no issuer has. */
  static final TokenMint STRANGER = TokenMint.of(SignatureAlgorithm.ES256, "ec-1");

  private Bench() {}

  static TrustedIssuer strict() {
    return TrustedIssuer.of(ISSUER);
  }

  static TrustedIssuer plain() {
    return TrustedIssuer.builder(ISSUER).acceptPlainJwt().build();
  }

  static JwtTokenValidator validator() {
    return validator(strict());
  }

  static JwtTokenValidator validator(TrustedIssuer issuer) {
    return validator(issuer, Instant.EPOCH.plusSeconds(SECONDS), SKEW);
  }

  static JwtTokenValidator validator(TrustedIssuer issuer, Instant now, Duration skew) {
    return validator(Map.of(issuer, keys(RSA, PSS, EC, ED)), now, skew);
  }

  static JwtTokenValidator validator(Map<TrustedIssuer, SigningKeys> keys) {
    return validator(keys, NOW, SKEW);
  }

  static JwtTokenValidator validator(
      Map<TrustedIssuer, SigningKeys> keys, Instant now, Duration skew) {
    return new JwtTokenValidator(
        keys, new JwtTokenValidator.Settings(InstantSource.fixed(now), skew, 16 * 1024), () -> {});
  }

  static SigningKeys keys(TokenMint... mints) {
    return set(Arrays.stream(mints).map(TokenMint::jwk).toArray(Map[]::new))::find;
  }

  static KeySet set(Map<?, ?>... jwks) {
    return JwkReader.read(Map.of("keys", List.of(jwks)));
  }

  /** The claims of a token that is good in every respect. */
  static Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", ISSUER);
    claims.put("sub", "user-1");
    claims.put("aud", RESOURCE.toString());
    claims.put("exp", SECONDS + 300);
    claims.put("iat", SECONDS - 10);
    claims.put("jti", "token-1");
    claims.put("client_id", "client-1");
    claims.put("scope", "mcp:read mcp:write");
    return claims;
  }

  static Map<String, Object> claimsWith(String name, Object value) {
    Map<String, Object> claims = claims();
    claims.put(name, value);
    return claims;
  }

  static Map<String, Object> claimsWithout(String... names) {
    Map<String, Object> claims = claims();
    claims.keySet().removeAll(List.of(names));
    return claims;
  }

  static Map<String, Object> headerWith(TokenMint mint, String name, Object value) {
    Map<String, Object> header = mint.header();
    header.put(name, value);
    return header;
  }

  static AccessToken granted(JwtTokenValidator validator, String token) {
    Decision decision = validator.validate(BearerToken.of(token), RESOURCE);
    return assertInstanceOf(Decision.Granted.class, decision, decision::toString).accessToken();
  }

  static void denied(Denial why, JwtTokenValidator validator, String token) {
    Decision decision = validator.validate(BearerToken.of(token), RESOURCE);
    Decision.Denied denied = assertInstanceOf(Decision.Denied.class, decision, decision::toString);
    assertEquals(why, denied.why(), denied::detail);
    assertEquals(401, denied.why().status());
  }
}
