package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final String AUDIENCE = "https://mcp.example.com/mcp";
  private static final SigningKey RSA = SigningKey.rsa("key-1");

  /** The faults that consist in the signature or in the compact form. */
  private static final Set<TokenFault> UNVERIFIABLE =
      EnumSet.of(
          TokenFault.NONE,
          TokenFault.NONE_IN_CAPITALS,
          TokenFault.HMAC_WITH_PUBLIC_KEY,
          TokenFault.HMAC_WITH_PEM,
          TokenFault.ALGORITHM_NOT_LISTED,
          TokenFault.OTHER_KEY,
          TokenFault.EMBEDDED_KEY,
          TokenFault.SIGNATURE_CUT,
          TokenFault.SIGNATURE_EMPTY,
          TokenFault.ONE_PART,
          TokenFault.TWO_PARTS,
          TokenFault.DOTS,
          TokenFault.OPAQUE);

  private final Tokens tokens = mint(RSA);

  private static Tokens mint(SigningKey key) {
    return new Tokens("https://id.example.com", AUDIENCE, () -> key, TestClock.at(NOW));
  }

  @Test
  void mintsTheShapeOfRfc9068() throws ParseException, JOSEException {
    SignedJWT token = SignedJWT.parse(tokens.valid());

    assertTrue(token.verify(new RSASSAVerifier((RSAPublicKey) RSA.publicKey())));
    assertEquals("at+jwt", token.getHeader().getType().getType());
    assertEquals("key-1", token.getHeader().getKeyID());
    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertEquals("https://id.example.com", claims.getIssuer());
    assertEquals("alice", claims.getSubject());
    assertEquals(List.of(AUDIENCE), claims.getAudience());
    assertEquals("client-1", claims.getClaim("client_id"));
    assertEquals("mcp:read", claims.getClaim("scope"));
    assertEquals(Date.from(NOW), claims.getIssueTime());
    assertEquals(Date.from(NOW.plus(Duration.ofMinutes(5))), claims.getExpirationTime());
  }

  @Test
  void givesEveryTokenItsOwnIdentifier() {
    assertNotEquals(tokens.valid(), tokens.valid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
  void signsWithEveryRsaAlgorithm(String algorithm) throws ParseException, JOSEException {
    SignedJWT token = SignedJWT.parse(mint(RSA.withAlgorithm(algorithm)).valid());

    assertEquals(algorithm, token.getHeader().getAlgorithm().getName());
    assertTrue(token.verify(new RSASSAVerifier((RSAPublicKey) RSA.publicKey())));
  }

  @Test
  void signsWithAnEllipticCurve() throws ParseException, JOSEException {
    SigningKey key = SigningKey.ec("ec");

    SignedJWT token = SignedJWT.parse(mint(key).valid());

    assertTrue(token.verify(new ECDSAVerifier((ECPublicKey) key.publicKey())));
  }

  @Test
  void signsWithEd25519() throws GeneralSecurityException {
    SigningKey key = SigningKey.ed25519("ed");

    assertTrue(verifies(mint(key).valid(), "Ed25519", key));
  }

  @Test
  void describesEveryKeyAsJwk() {
    assertEquals("RSA", RSA.jwk().get("kty"));
    assertEquals("P-256", SigningKey.ec("ec").jwk().get("crv"));
    Map<String, Object> ed = SigningKey.ed25519("ed").jwk();
    assertEquals(Set.of("kty", "crv", "x", "kid", "use", "alg"), ed.keySet());
    assertEquals(32, Base64.getUrlDecoder().decode((String) ed.get("x")).length);
  }

  @ParameterizedTest
  @EnumSource(TokenFault.class)
  void hasNoOtherFaultThanTheOneNamed(TokenFault fault) throws GeneralSecurityException {
    String token = tokens.faulty(fault);

    assertEquals(!UNVERIFIABLE.contains(fault), verifies(token, "SHA256withRSA", RSA));
  }

  // Reads the signature leniently, so that a fault of its text is seen apart from a fault of its
  // bytes.
  private static boolean verifies(String token, String algorithm, SigningKey key)
      throws GeneralSecurityException {
    String[] parts = token.split("\\.");
    if (parts.length < 3) {
      return false;
    }
    Signature signature = Signature.getInstance(algorithm);
    signature.initVerify(key.publicKey());
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    try {
      return signature.verify(
          Base64.getUrlDecoder()
              .decode(parts[2].replace('+', '-').replace('/', '_').replace("=", "")));
    } catch (SignatureException e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(TokenFault.class)
  void leavesNoFaultyTokenEqualToAGoodOne(TokenFault fault) {
    String good = mint(RSA).valid();
    String faulty = mint(RSA).faulty(fault);

    assertNotEquals(good, faulty);
  }

  @Test
  void writesClaimsAsTheyAreGiven() {
    String token =
        tokens
            .mint()
            .audience("a", "b")
            .claim("n", 1.5)
            .without("jti")
            .claimsText(text -> text + " ")
            .text();

    String claims = part(token, 1);
    assertTrue(claims.contains("\"aud\":[\"a\",\"b\"]"), claims);
    assertTrue(claims.contains("\"n\":1.5"), claims);
    assertTrue(claims.endsWith("} "), claims);
    assertFalse(claims.contains("jti"), claims);
  }

  @Test
  void writesTwoClaimsOfOneName() {
    String claims = part(tokens.faulty(TokenFault.DUPLICATE_CLAIM), 1);

    assertEquals(3, claims.split("\"aud\":").length, claims);
  }

  @Test
  void leavesTheThirdPartEmptyWithoutSignature() {
    String token = tokens.faulty(TokenFault.NONE);

    assertTrue(token.endsWith("."));
    assertTrue(part(token, 0).contains("\"alg\":\"none\""));
  }

  private static String part(String token, int index) {
    byte[] bytes = Base64.getUrlDecoder().decode(token.split("\\.")[index]);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
