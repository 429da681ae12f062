package dev.countersign.token;

import static dev.countersign.token.Bench.EC;
import static dev.countersign.token.Bench.ED;
import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.Bench.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.Json;
import dev.countersign.token.SigningKeys.Answer;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwkReaderTest {

  private static Map<String, Object> rsaWith(String name, Object value) {
    Map<String, Object> jwk = RSA.jwk();
    jwk.put(name, value);
    return jwk;
  }

  private static Map<String, Object> ecWith(String name, Object value) {
    Map<String, Object> jwk = EC.jwk();
    jwk.put(name, value);
    return jwk;
  }

  private static String unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return TokenMint.encode(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static void ignores(Map<String, Object> jwk) {
    assertTrue(set(jwk).isEmpty());
    // Nor does it do harm to another.
    assertInstanceOf(Answer.Found.class, set(jwk, ED.jwk()).find("ed-1", SignatureAlgorithm.EDDSA));
  }

  @Test
  void readsKeysOfEveryShape() {
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      TokenMint mint = TokenMint.of(algorithm, "k");

      assertInstanceOf(Answer.Found.class, set(mint.jwk()).find("k", algorithm));
      assertInstanceOf(Answer.Found.class, set(mint.bareJwk()).find("", algorithm));
    }
  }

  static Stream<Object> broken() {
    return Stream.of(
        Json.NULL,
        1L,
        "x",
        List.of(),
        Map.of(),
        Map.of("kty", "XX"),
        Map.of("kty", "AKP", "pub", "AA"),
        Map.of("kty", "RSA"),
        Map.of("kty", "RSA", "e", "AQAB"),
        Map.of("kty", "EC", "crv", "P-256"),
        Map.of("kty", 1L),
        Map.of("kty", "OKP", "crv", "Ed25519", "x", "AA"),
        Map.of("kty", "OKP", "crv", "X25519", "x", ED.jwk().get("x")),
        Map.of("kty", "OKP", "crv", "Ed448", "x", ED.jwk().get("x")),
        Map.of("kty", "OKP", "crv", "Ed25519"),
        rsaWith("n", 1L),
        rsaWith("n", ""),
        rsaWith("e", ""),
        rsaWith("kid", 1L),
        rsaWith("kid", Json.NULL),
        rsaWith("kid", "x".repeat(300)),
        ecWith("crv", "secp256k1"),
        ecWith("crv", Json.NULL),
        ecWith("x", Json.NULL));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void KS15_O05_skipsABrokenEntryAndUsesTheOthers(Object entry) {
    KeySet keys = JwkReader.read(Map.of("keys", List.of(entry, RSA.jwk(), entry)));

    assertEquals(1, keys.keys().size());
    assertInstanceOf(Answer.Found.class, keys.find("rsa-1", SignatureAlgorithm.RS256));
  }

  @Test
  void KS14_aDocumentWithoutUsableKeysIsEmpty() {
    for (Object keys : List.of(Json.NULL, Map.of(), List.of(), "x", List.of(1L))) {
      assertTrue(JwkReader.read(Map.of("keys", keys)).isEmpty());
    }
    assertTrue(JwkReader.read(Map.of()).isEmpty());
  }

  @Test
  void AL13_ignoresSymmetricKeys() {
    ignores(Map.of("kty", "oct", "k", "c2VjcmV0", "alg", "HS256", "kid", "rsa-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
  void AL14_ignoresPrivateKeys(String secret) {
    ignores(rsaWith(secret, "AQAB"));
    ignores(ecWith(secret, "AQAB"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2040})
  void AL15_J11_ignoresShortRsaKeys(int bits) {
    KeyPair pair = TokenMint.newPair(KeyShape.RSA, bits);

    ignores(new TokenMint(SignatureAlgorithm.RS256, "short", pair).jwk());
  }

  @Test
  void AL15_ignoresUnsoundRsaKeys() {
    BigInteger modulus = ((RSAPublicKey) RSA.pair().getPublic()).getModulus();

    ignores(rsaWith("n", unsigned(modulus.subtract(BigInteger.ONE))));
    ignores(rsaWith("n", unsigned(modulus.shiftLeft(8192 - 2048 + 1).setBit(0))));
    for (BigInteger exponent :
        List.of(
            BigInteger.ONE,
            BigInteger.TWO,
            BigInteger.valueOf(65536),
            BigInteger.TWO.pow(64).setBit(0))) {
      ignores(rsaWith("e", unsigned(exponent)));
    }
    assertFalse(set(rsaWith("e", unsigned(BigInteger.valueOf(3)))).isEmpty());
  }

  @Test
  void AL16_ignoresRsaKeysOfTheBrokenGenerator() {
    // A modulus that has the mark: k * M + (65537 ^ a mod M), with M the product of the primes up
    // to 167.
    BigInteger product = BigInteger.ONE;
    for (int number = 2; number <= 167; number++) {
      if (BigInteger.valueOf(number).isProbablePrime(50)) {
        product = product.multiply(BigInteger.valueOf(number));
      }
    }
    BigInteger power = BigInteger.valueOf(65537).modPow(BigInteger.valueOf(123_457), product);
    int bits = 2049 - product.bitLength();
    BigInteger factor = new BigInteger(bits, new Random(1)).setBit(bits);
    BigInteger weak = product.multiply(factor).add(power);

    assertTrue(weak.testBit(0) && weak.bitLength() >= 2048, weak.bitLength() + " bits");
    ignores(rsaWith("n", unsigned(weak)));
    assertFalse(set(rsaWith("n", unsigned(weak.add(BigInteger.TWO)))).isEmpty());
  }

  @Test
  void AL17_J12_ignoresEcPointsThatAreNone() {
    ignores(ecWith("y", TokenMint.encode(new byte[32])));
    ignores(ecWith("x", TokenMint.encode(new byte[32])));
    ignores(ecWith("x", TokenMint.encode(new byte[31])));
    Map<String, Object> infinity = ecWith("x", TokenMint.encode(new byte[32]));
    infinity.put("y", TokenMint.encode(new byte[32]));
    ignores(infinity);
    ignores(ecWith("crv", "P-384"));
  }

  @Test
  void AL7_J10_ignoresKeysForAnotherUse() {
    ignores(rsaWith("use", "enc"));
    ignores(rsaWith("use", Json.NULL));
    ignores(rsaWith("key_ops", List.of("sign")));
    ignores(rsaWith("key_ops", List.of()));
    ignores(rsaWith("key_ops", "verify"));
    ignores(rsaWith("alg", "RSA-OAEP"));
    ignores(rsaWith("alg", "rs256"));
    ignores(rsaWith("alg", "HS256"));
    ignores(rsaWith("alg", "ES256"));
    ignores(rsaWith("alg", 1L));
    assertFalse(set(rsaWith("key_ops", List.of("verify"))).isEmpty());
  }

  @Test
  void ignoresWhatStandsBesideTheKey() {
    assertFalse(set(rsaWith("x5c", List.of("garbage"))).isEmpty());
    assertFalse(set(rsaWith("exp", "never")).isEmpty());
    assertFalse(set(rsaWith("odd", Json.NULL)).isEmpty());
  }

  @Test
  void AL25_refusesASetOfMoreThan64Keys() {
    List<Object> keys = new java.util.ArrayList<>(Collections.nCopies(63, Map.of("kty", "XX")));
    keys.add(RSA.jwk());
    assertEquals(1, JwkReader.read(Map.of("keys", keys)).keys().size());

    keys.add(EC.jwk());
    assertTrue(JwkReader.read(Map.of("keys", keys)).isEmpty());
  }

  @Test
  void AL18_twoKeysOfOneKidCountOnlyIfOneFits() {
    TokenMint other = TokenMint.of(SignatureAlgorithm.RS256, "rsa-1");
    Answer both = set(RSA.jwk(), other.jwk()).find("rsa-1", SignatureAlgorithm.RS256);
    assertInstanceOf(Answer.Unfit.class, both);

    KeySet mixed = set(RSA.jwk(), EC.named("rsa-1").jwk());
    assertInstanceOf(Answer.Found.class, mixed.find("rsa-1", SignatureAlgorithm.RS256));
    assertInstanceOf(Answer.Found.class, mixed.find("rsa-1", SignatureAlgorithm.ES256));
    assertInstanceOf(
        Answer.Found.class, set(RSA.jwk(), RSA.jwk()).find("rsa-1", SignatureAlgorithm.RS256));
  }

  @Test
  void AL21_AL22_J18_withoutKidOneKeyMustFit() {
    KeySet one = set(RSA.jwk(), EC.jwk());
    KeySet two = set(RSA.jwk(), TokenMint.of(SignatureAlgorithm.RS256, "rsa-2").jwk());

    assertInstanceOf(Answer.Found.class, one.find("", SignatureAlgorithm.RS256));
    assertInstanceOf(Answer.Unfit.class, two.find("", SignatureAlgorithm.RS256));
    assertInstanceOf(Answer.Unknown.class, two.find("", SignatureAlgorithm.ES256));
  }

  @Test
  void aKeyThatStaysIsTheSameObject() {
    KeySet before = set(RSA.jwk(), EC.jwk());
    KeySet after = set(EC.jwk(), ED.jwk(), rsaWith("kid", "renamed")).reusing(before);

    assertSame(before.keys().get(1), after.keys().get(0));
    assertFalse(before.keys().contains(after.keys().get(2)));
  }

  @Test
  void printsNoKey() {
    String modulus = String.valueOf(RSA.jwk().get("n"));

    assertFalse(set(RSA.jwk()).toString().contains(modulus.substring(0, 8)));
    assertEquals("VerificationKey[RSA, [RS256]]", set(RSA.jwk()).keys().get(0).toString());
  }
}
