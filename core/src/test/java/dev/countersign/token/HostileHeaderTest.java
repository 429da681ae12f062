package dev.countersign.token;

import static dev.countersign.token.Bench.EC;
import static dev.countersign.token.Bench.ED;
import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.Bench.STRANGER;
import static dev.countersign.token.Bench.claims;
import static dev.countersign.token.Bench.claimsWith;
import static dev.countersign.token.Bench.denied;
import static dev.countersign.token.Bench.granted;
import static dev.countersign.token.Bench.headerWith;
import static dev.countersign.token.Bench.plain;
import static dev.countersign.token.Bench.validator;

import dev.countersign.internal.Json;
import dev.countersign.oauth.Denial;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Headers of tokens that are correctly signed by the issuer, but for where a test says otherwise.
 */
class HostileHeaderTest {

  private final JwtTokenValidator strict = validator();
  private final JwtTokenValidator compatible = validator(plain());

  private static String with(String name, Object value) {
    return RSA.sign(headerWith(RSA, name, value), claims());
  }

  private static String without(String name) {
    Map<String, Object> header = RSA.header();
    header.remove(name);
    return RSA.sign(header, claims());
  }

  private void deniedInEveryMode(Denial why, String token) {
    denied(why, strict, token);
    denied(why, compatible, token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "AT+JWT", "at+JWT", "application/at+jwt", "Application/At+Jwt"})
  void HP11_J02_J03_acceptsTheTypeOfRfc9068(String type) {
    granted(strict, with("typ", type));
    granted(compatible, with("typ", type));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "application/jwt"})
  void HP12_J02_J04_acceptsAPlainTypeOnlyIfConfigured(String type) {
    denied(Denial.TOKEN_TYPE, strict, with("typ", type));
    granted(compatible, with("typ", type));
  }

  @Test
  void HP12_J02_J04_acceptsNoTypeOnlyIfConfigured() {
    denied(Denial.TOKEN_TYPE, strict, without("typ"));
    granted(compatible, without("typ"));
  }

  static Stream<Object> otherTypes() {
    return Stream.of(
        "dpop+jwt",
        "oauth-id-jag+jwt",
        "logout+jwt",
        "secevent+jwt",
        "token-introspection+jwt",
        "client-authentication+jwt",
        "entity-statement+jwt",
        "vc+sd-jwt",
        "at+jwt ",
        " at+jwt",
        "at+jwt;v=1",
        "text/at+jwt",
        "application/application/at+jwt",
        "application/",
        "",
        "at",
        "Bearer",
        "JOSE",
        1L,
        true,
        Json.NULL,
        List.of("at+jwt"),
        Map.of());
  }

  @ParameterizedTest
  @MethodSource("otherTypes")
  void HP13_J02_J05_refusesEveryOtherTypeInEveryMode(Object type) {
    deniedInEveryMode(Denial.TOKEN_TYPE, with("typ", type));
  }

  static Stream<Object> criticals() {
    return Stream.of(
        List.of("exp"),
        List.of(),
        List.of("b64"),
        List.of("x", "x"),
        "x",
        Json.NULL,
        List.of(1L),
        List.of("alg"),
        Map.of(),
        false);
  }

  @ParameterizedTest
  @MethodSource("criticals")
  void HP1_HP2_J19_refusesEveryFormOfCrit(Object critical) {
    deniedInEveryMode(Denial.CRITICAL_HEADER, with("crit", critical));
  }

  @Test
  void HP1_J19_refusesCritThatNamesAMemberOfTheHeader() {
    Map<String, Object> header = headerWith(RSA, "crit", List.of("x"));
    header.put("x", "y");

    deniedInEveryMode(Denial.CRITICAL_HEADER, RSA.sign(header, claims()));
  }

  @Test
  void HP3_J20_refusesUnencodedPayloads() {
    deniedInEveryMode(Denial.CRITICAL_HEADER, with("b64", false));
    deniedInEveryMode(Denial.CRITICAL_HEADER, with("b64", true));
    Map<String, Object> header = headerWith(RSA, "b64", false);
    header.put("crit", List.of("b64"));
    deniedInEveryMode(Denial.CRITICAL_HEADER, RSA.sign(header, claims()));
  }

  @Test
  void HP4_J16_doesNotTrustTheKeyInTheHeader() {
    Map<String, Object> header = headerWith(STRANGER, "jwk", STRANGER.jwk());

    denied(Denial.SIGNATURE, strict, STRANGER.sign(header, claims()));
    header.put("kid", "stranger");
    denied(Denial.UNKNOWN_KEY, strict, STRANGER.sign(header, claims()));
    header.remove("kid");
    denied(Denial.SIGNATURE, strict, STRANGER.sign(header, claims()));
  }

  @Test
  void HP5_ignoresATrustedKeyInTheHeader() {
    granted(strict, with("jwk", RSA.jwk()));
  }

  @Test
  void HP6_refusesAPrivateKeyInTheHeader() {
    Map<String, Object> key = RSA.jwk();
    key.put("d", "AQAB");

    denied(Denial.UNKNOWN_KEY, strict, with("jwk", key));
    denied(Denial.UNKNOWN_KEY, strict, with("jwk", Map.of("kty", "oct", "k", "AQAB")));
    denied(Denial.UNKNOWN_KEY, strict, with("jwk", "text"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/k", "https://evil.example/k", "file:///etc/passwd", "jar:file:x!/y",
        "ldap://evil.example", "http://169.254.169.254/", "::not a url::", ""
      })
  void HP7_HP8_SS2_J16_ignoresUrlsOfKeys(String url) {
    granted(strict, with("jku", url));
    granted(strict, with("x5u", url));
  }

  @Test
  void HP9_HP10_J16_ignoresCertificates() {
    granted(strict, with("x5c", List.of("garbage", "MIIB")));
    granted(strict, with("x5t", "AAAA"));
    granted(strict, with("x5t#S256", "AAAA"));
    denied(
        Denial.SIGNATURE,
        strict,
        STRANGER.sign(headerWith(STRANGER, "x5c", List.of("MIIB")), claims()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "application/json", "x", ""})
  void HP15_refusesEveryContentType(String contentType) {
    deniedInEveryMode(Denial.TOKEN_TYPE, with("cty", contentType));
  }

  @Test
  void HP16_JE6_refusesCompressionAndEncryption() {
    deniedInEveryMode(Denial.TOKEN_MALFORMED, with("zip", "DEF"));
    deniedInEveryMode(Denial.TOKEN_MALFORMED, with("enc", "A256GCM"));
  }

  @Test
  void HP17_J49_ignoresUnknownMembersUpToTheLimit() {
    Map<String, Object> header = RSA.header();
    for (int count = 0; count < 100; count++) {
      header.put("member-" + count, "value");
    }
    granted(strict, RSA.sign(header, claims()));

    header.put("long", "x".repeat(4096));
    denied(Denial.TOKEN_MALFORMED, strict, RSA.sign(header, claims()));
  }

  @Test
  void HP18_comparesReplicatedClaims() {
    for (String name : List.of("iss", "sub", "aud")) {
      granted(strict, with(name, claims().get(name)));
      denied(Denial.CLAIMS, strict, with(name, "https://other.example"));
      denied(Denial.CLAIMS, strict, with(name, Json.NULL));
    }
    granted(strict, with("url", "https://other.example"));
  }

  static Stream<Object> algorithms() {
    return Stream.of(
        "none",
        "None",
        "NONE",
        "nOnE",
        "none.",
        " none",
        "",
        " RS256",
        "RS256 ",
        "rs256",
        "Rs256",
        "es256",
        "HS256",
        "HS384",
        "HS512",
        "ES256K",
        "EdDsa",
        "ed25519",
        "Ed448",
        "RS256\u0000",
        "RSA-OAEP",
        "dir",
        1L,
        Json.NULL,
        true,
        List.of("RS256"),
        Map.of("alg", "RS256"),
        new BigDecimal("1.5"));
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void AL1_AL2_AL3_AL10_J08_J09_J10_refusesEveryOtherAlgorithm(Object algorithm) {
    deniedInEveryMode(Denial.ALGORITHM, with("alg", algorithm));
  }

  @Test
  void AL1_JS11_J08_refusesATokenWithoutSignature() {
    for (String none : List.of("none", "None", "NONE", "nOnE")) {
      String unsigned =
          TokenMint.encode(Json.write(Map.of("alg", none, "typ", "at+jwt")))
              + "."
              + TokenMint.encode(Json.write(claims()));

      deniedInEveryMode(Denial.TOKEN_MALFORMED, unsigned);
      deniedInEveryMode(Denial.TOKEN_MALFORMED, unsigned + ".");
      deniedInEveryMode(Denial.TOKEN_MALFORMED, unsigned + "..");
      deniedInEveryMode(Denial.ALGORITHM, unsigned + ".AAAA");
    }
    String signed = RSA.sign(claims());
    deniedInEveryMode(Denial.TOKEN_MALFORMED, signed.substring(0, signed.lastIndexOf('.') + 1));
  }

  @Test
  void AL2_refusesAMissingAlgorithm() {
    deniedInEveryMode(Denial.ALGORITHM, without("alg"));
  }

  @Test
  void AL4_J06_acceptsAnAlgorithmOnlyIfItIsOnTheList() {
    TokenMint rs512 = TokenMint.of(SignatureAlgorithm.RS512, "rsa-512");
    var keys = Bench.keys(rs512);
    var listed = TrustedIssuer.builder(Bench.ISSUER).algorithms(SignatureAlgorithm.RS512).build();

    granted(validator(Map.of(listed, keys)), rs512.sign(claims()));
    denied(Denial.ALGORITHM, validator(Map.of(Bench.strict(), keys)), rs512.sign(claims()));
    denied(Denial.ALGORITHM, validator(listed), RSA.sign(claims()));
    denied(Denial.ALGORITHM, validator(listed), EC.sign(claims()));
  }

  @Test
  void AL26_J13_keepsTheTwoNamesOfEd25519Apart() {
    TokenMint byNewName = ED.using(SignatureAlgorithm.ED25519);
    for (TokenMint mint : List.of(ED, byNewName)) {
      var only = TrustedIssuer.builder(Bench.ISSUER).algorithms(mint.algorithm()).build();

      granted(validator(only), mint.sign(claims()));
      TokenMint other = mint == ED ? byNewName : ED;
      denied(Denial.ALGORITHM, validator(only), other.sign(claims()));
    }
    granted(strict, ED.sign(claims()));
    granted(strict, byNewName.sign(claims()));
  }

  static Stream<Object> keyIds() {
    return Stream.of(
        Json.NULL,
        1L,
        Map.of(),
        List.of("rsa-1"),
        true,
        "",
        "x".repeat(300),
        "rsa-1\u0000",
        "RSA-1",
        "../../x",
        "' OR 1=1 --",
        "*)(uid=*",
        "${jndi:ldap://evil.example/a}",
        "a\r\nb: c",
        "http://evil.example/",
        "rsa-1 ");
  }

  @ParameterizedTest
  @MethodSource("keyIds")
  void AL23_AL24_J17_refusesEveryOtherKeyId(Object keyId) {
    denied(Denial.UNKNOWN_KEY, strict, with("kid", keyId));
  }

  @Test
  void J17_refusesAKeyIdOf100Kilobytes() {
    denied(Denial.TOKEN_TOO_LONG, strict, with("kid", "x".repeat(100_000)));
  }

  @Test
  void JS30_J21_refusesDuplicateMembersOfTheHeader() {
    for (String repeated :
        List.of(
            "\"alg\":\"RS256\",\"alg\":\"RS256\"",
            "\"alg\":\"RS256\",\"alg\":\"none\"",
            "\"alg\":\"RS256\",\"\\u0061lg\":\"RS256\"",
            "\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"kid\":\"rsa-1\"",
            "\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"typ\":\"at+jwt\"",
            "\"alg\":\"RS256\",\"x\":{\"y\":1,\"y\":2}")) {
      denied(Denial.TOKEN_MALFORMED, strict, RSA.sign("{" + repeated + "}", Json.write(claims())));
    }
  }

  @Test
  void HP14_J42_refusesAnIdTokenByItsType() {
    denied(
        Denial.TOKEN_TYPE,
        strict,
        RSA.sign(
            new LinkedHashMap<>(Map.of("alg", "RS256", "kid", "rsa-1")), claimsWith("nonce", "n")));
  }
}
