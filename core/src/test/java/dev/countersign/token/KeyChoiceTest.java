package dev.countersign.token;

import static dev.countersign.token.Bench.EC;
import static dev.countersign.token.Bench.ISSUER;
import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.Bench.STRANGER;
import static dev.countersign.token.Bench.claims;
import static dev.countersign.token.Bench.claimsWith;
import static dev.countersign.token.Bench.claimsWithout;
import static dev.countersign.token.Bench.denied;
import static dev.countersign.token.Bench.granted;
import static dev.countersign.token.Bench.keys;
import static dev.countersign.token.Bench.set;
import static dev.countersign.token.Bench.strict;
import static dev.countersign.token.Bench.validator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.internal.Json;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which key and which algorithm a token is judged with. */
class KeyChoiceTest {

  private static final String OTHER_ISSUER = "https://other.example";
  private static final TokenMint OTHER = TokenMint.of(SignatureAlgorithm.ES256, "ec-1");

  private static String without(String headerMember, TokenMint mint) {
    Map<String, Object> header = mint.header();
    header.remove(headerMember);
    return mint.sign(header, claims());
  }

  private static JwtTokenValidator holding(Map<String, Object> jwk) {
    TrustedIssuer all =
        TrustedIssuer.builder(ISSUER).algorithms(SignatureAlgorithm.values()).build();
    return validator(Map.of(all, set(jwk)::find));
  }

  @ParameterizedTest
  @EnumSource(
      value = SignatureAlgorithm.class,
      names = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
  void AL5_J10_oneRsaKeyIsForTheAlgorithmItNames(SignatureAlgorithm named) {
    TokenMint owner = RSA.using(named);
    JwtTokenValidator validator = holding(owner.jwk());
    for (SignatureAlgorithm used : SignatureAlgorithm.values()) {
      if (used.shape() == KeyShape.RSA && used != named) {
        denied(Denial.UNKNOWN_KEY, validator, owner.using(used).sign(claims()));
      }
    }
    granted(validator, owner.sign(claims()));
  }

  @Test
  void AL6_theFirstGoodSignatureSettlesTheAlgorithm() {
    Map<String, Object> unnamed = RSA.bareJwk();
    unnamed.put("kid", "rsa-1");
    JwtTokenValidator validator = holding(unnamed);
    TokenMint pss = RSA.using(SignatureAlgorithm.PS256);

    String forged = pss.sign(claims());
    denied(
        Denial.SIGNATURE,
        validator,
        forged.substring(0, forged.lastIndexOf('.')) + "." + "A".repeat(342));
    granted(validator, RSA.sign(claims()));
    denied(Denial.UNKNOWN_KEY, validator, pss.sign(claims()));
    granted(validator, RSA.sign(claims()));
  }

  @Test
  void AL8_J10_aKeyOfAnotherTypeOrCurveDoesNotFit() {
    TokenMint p384 = TokenMint.of(SignatureAlgorithm.ES384, "ec-1");
    JwtTokenValidator validator = holding(p384.jwk());

    granted(validator, p384.sign(claims()));
    denied(Denial.UNKNOWN_KEY, validator, EC.sign(claims()));
    denied(Denial.UNKNOWN_KEY, holding(RSA.named("ec-1").jwk()), EC.sign(claims()));
  }

  static Stream<byte[]> publicKeyAsSecret() {
    RSAPublicKey key = (RSAPublicKey) RSA.pair().getPublic();
    String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----";
    return Stream.of(
        Json.write(RSA.jwk()).getBytes(StandardCharsets.UTF_8),
        pem.getBytes(StandardCharsets.UTF_8),
        (pem + "\n").getBytes(StandardCharsets.UTF_8),
        key.getEncoded(),
        key.getModulus().toByteArray(),
        String.valueOf(EC.jwk().get("x")).getBytes(StandardCharsets.UTF_8),
        new byte[] {0},
        "secret".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("publicKeyAsSecret")
  void AL9_AL10_J09_refusesHmacWithAnythingPublic(byte[] secret) throws GeneralSecurityException {
    Map<String, Object> header = RSA.header();
    for (String algorithm : List.of("HS256", "HS384", "HS512")) {
      header.put("alg", algorithm);
      String input =
          TokenMint.encode(Json.write(header)) + "." + TokenMint.encode(Json.write(claims()));
      Mac mac = Mac.getInstance("HmacSHA" + algorithm.substring(2));
      mac.init(new SecretKeySpec(secret, "Hmac"));
      byte[] signature = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));

      denied(Denial.ALGORITHM, validator(), input + "." + TokenMint.encode(signature));
    }
  }

  @Test
  void AL12_J08_noConfigurationNamesHmacOrNone() {
    for (String name : List.of("none", "None", "HS256", "HS512", "rs256", "")) {
      assertThrows(IllegalArgumentException.class, () -> SignatureAlgorithm.parse(name));
    }
    assertEquals(SignatureAlgorithm.EDDSA, SignatureAlgorithm.parse("EdDSA"));
  }

  @Test
  void AL13_refusesATokenSignedWithAPublishedSecret() throws GeneralSecurityException {
    byte[] secret = new byte[32];
    Map<String, Object> oct =
        Map.of("kty", "oct", "kid", "rsa-1", "k", TokenMint.encode(secret), "alg", "HS256");
    Map<String, Object> header = RSA.header();
    header.put("alg", "HS256");
    String input =
        TokenMint.encode(Json.write(header)) + "." + TokenMint.encode(Json.write(claims()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "Hmac"));
    byte[] signature = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));

    denied(
        Denial.ALGORITHM,
        holding(new LinkedHashMap<>(oct)),
        input + "." + TokenMint.encode(signature));
  }

  @Test
  void AL21_AL22_J18_aTokenWithoutKidNeedsTheOnlyFittingKey() {
    granted(validator(), without("kid", EC));
    TokenMint second = TokenMint.of(SignatureAlgorithm.ES256, "ec-2");
    JwtTokenValidator two = validator(Map.of(strict(), keys(EC, second)));

    denied(Denial.UNKNOWN_KEY, two, without("kid", EC));
    granted(two, EC.sign(claims()));
  }

  @Test
  void AL18_refusesAKidThatTwoKeysShare() {
    TokenMint twin = TokenMint.of(SignatureAlgorithm.ES256, "ec-1");
    JwtTokenValidator validator = validator(Map.of(strict(), keys(EC, twin)));

    denied(Denial.UNKNOWN_KEY, validator, EC.sign(claims()));
    denied(Denial.UNKNOWN_KEY, validator, twin.sign(claims()));
  }

  @Test
  void J01_J14_refusesAKeyOfNobody() {
    denied(Denial.SIGNATURE, validator(), STRANGER.sign(claims()));
    denied(Denial.UNKNOWN_KEY, validator(), STRANGER.named("ec-9").sign(claims()));
  }

  private static JwtTokenValidator twoIssuers() {
    Map<TrustedIssuer, SigningKeys> both = new LinkedHashMap<>();
    both.put(strict(), keys(RSA, EC));
    both.put(
        TrustedIssuer.builder(OTHER_ISSUER)
            .algorithms(SignatureAlgorithm.ES256)
            .acceptPlainJwt()
            .audienceAliases("other-audience")
            .build(),
        keys(OTHER));
    return validator(both);
  }

  @Test
  void AL19_AL20_J15_CL15_eachIssuerHasItsOwnKeys() {
    JwtTokenValidator validator = twoIssuers();

    granted(validator, EC.sign(claims()));
    assertEquals(
        OTHER_ISSUER, granted(validator, OTHER.sign(claimsWith("iss", OTHER_ISSUER))).issuer());
    denied(Denial.SIGNATURE, validator, OTHER.sign(claims()));
    denied(Denial.SIGNATURE, validator, EC.sign(claimsWith("iss", OTHER_ISSUER)));
  }

  @Test
  void J50_eachIssuerHasItsOwnRules() {
    JwtTokenValidator validator = twoIssuers();
    Map<String, Object> foreignAlias = claimsWith("aud", "other-audience");
    denied(Denial.AUDIENCE, validator, EC.sign(foreignAlias));
    denied(Denial.TOKEN_TYPE, validator, without("typ", EC));
    denied(Denial.CLAIMS, validator, EC.sign(claimsWithout("jti")));
    denied(Denial.ALGORITHM, validator, RSA.sign(claimsWith("iss", OTHER_ISSUER)));

    foreignAlias.put("iss", OTHER_ISSUER);
    foreignAlias.remove("jti");
    Map<String, Object> header = OTHER.header();
    header.remove("typ");
    granted(validator, OTHER.sign(header, foreignAlias));
  }

  static Stream<Object> foreignIssuers() {
    return Stream.of(
        Json.NULL,
        List.of(ISSUER),
        "",
        1L,
        true,
        Map.of(),
        ISSUER + "/",
        "https://ID.example",
        "HTTPS://id.example",
        "https://id.example:443",
        "http://id.example",
        "https://u@id.example",
        "https://id.example.evil.example",
        "https://id.example.",
        "https://id.example\u0000",
        "https://\u0456d.example",
        " " + ISSUER,
        ISSUER + " ",
        "https://id.example/x",
        "https://id.example?x",
        "https://id.example#",
        "http://169.254.169.254",
        "http://localhost",
        "file:///etc/passwd");
  }

  @ParameterizedTest
  @MethodSource("foreignIssuers")
  void J26_CL13_CL14_SS1_KS5_refusesEveryOtherIssuerWithoutAskingForKeys(Object issuer) {
    SigningKeys unasked =
        (keyId, algorithm) -> {
          throw new AssertionError("asked for a key");
        };
    denied(
        Denial.ISSUER, validator(Map.of(strict(), unasked)), RSA.sign(claimsWith("iss", issuer)));
  }

  @Test
  void J26_J27_refusesAMissingIssuer() {
    denied(Denial.ISSUER, validator(), RSA.sign(claimsWithout("iss")));
  }

  @Test
  void refusesTheSameIssuerTwice() {
    Map<TrustedIssuer, SigningKeys> twice = Map.of(strict(), keys(RSA), Bench.plain(), keys(RSA));

    assertThrows(IllegalArgumentException.class, () -> validator(twice));
    assertThrows(IllegalArgumentException.class, () -> validator(Map.of()));
  }

  @Test
  void KS20_isUndecidedWithoutKeys() {
    SigningKeys none = (keyId, algorithm) -> new SigningKeys.Answer.Unavailable("out of reach");

    assertEquals(
        new Decision.Undecided(ISSUER + ": out of reach"),
        validator(Map.of(strict(), none))
            .validate(BearerToken.of(RSA.sign(claims())), Bench.RESOURCE));
  }

  @Test
  void aFaultInsideIsUndecidedAndSaysNothingOfTheToken() {
    for (Throwable fault :
        Arrays.asList(new IllegalStateException("secret"), new StackOverflowError("secret"))) {
      SigningKeys broken =
          (keyId, algorithm) -> {
            if (fault instanceof Error error) {
              throw error;
            }
            throw (RuntimeException) fault;
          };

      assertEquals(
          new Decision.Undecided("a fault while judging a token: " + fault.getClass().getName()),
          validator(Map.of(strict(), broken))
              .validate(BearerToken.of(RSA.sign(claims())), Bench.RESOURCE));
    }
  }
}
