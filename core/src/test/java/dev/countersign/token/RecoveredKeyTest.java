package dev.countersign.token;

import static dev.countersign.token.Bench.claims;
import static dev.countersign.token.Bench.claimsWith;
import static dev.countersign.token.Bench.denied;
import static dev.countersign.token.Bench.granted;
import static dev.countersign.token.Bench.validator;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.internal.Json;
import dev.countersign.oauth.Denial;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * Two signatures give an RSA key away that was never published: each to the power of e, less the
 * padded hash, is a multiple of the modulus.
 */
class RecoveredKeyTest {

  // The smallest, so that the powers stay small; the way is the same for every other.
  private static final BigInteger EXPONENT = BigInteger.valueOf(3);

  private static TokenMint mint() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(new RSAKeyGenParameterSpec(2048, EXPONENT));
    return new TokenMint(SignatureAlgorithm.RS256, "rsa-3", generator.generateKeyPair());
  }

  // EM = 0x00 || 0x01 || PS || 0x00 || DigestInfo: RFC 8017 section 9.2
  private static BigInteger multiple(String token) throws GeneralSecurityException {
    int dot = token.lastIndexOf('.');
    byte[] input = token.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(input));
    String info = "3031300d060960864801650304020105000420" + hash;
    BigInteger padded = new BigInteger("01" + "ff".repeat(202) + "00" + info, 16);
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    return new BigInteger(1, signature).pow(EXPONENT.intValue()).subtract(padded);
  }

  private static BigInteger recover(String one, String other) throws GeneralSecurityException {
    BigInteger common = multiple(one).gcd(multiple(other));
    for (int factor = 2; factor < 10_000; factor++) {
      BigInteger small = BigInteger.valueOf(factor);
      while (common.mod(small).signum() == 0) {
        common = common.divide(small);
      }
    }
    return common;
  }

  private static String hmac(TokenMint mint, byte[] secret) throws GeneralSecurityException {
    Map<String, Object> header = mint.header();
    header.put("alg", "HS256");
    String input =
        TokenMint.encode(Json.write(header)) + "." + TokenMint.encode(Json.write(claims()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "Hmac"));
    return input + "." + TokenMint.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void AL11_refusesHmacWithAKeyRecoveredFromTwoTokens() throws GeneralSecurityException {
    TokenMint mint = mint();
    JwtTokenValidator validator = validator(Map.of(Bench.strict(), Bench.keys(mint)));
    String one = mint.sign(claims());
    String other = mint.sign(claimsWith("jti", "token-2"));
    granted(validator, one);
    granted(validator, other);

    BigInteger modulus = recover(one, other);
    assertEquals(((RSAPublicKey) mint.pair().getPublic()).getModulus(), modulus);

    PublicKey key =
        KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, EXPONENT));
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    denied(Denial.ALGORITHM, validator, hmac(mint, key.getEncoded()));
    denied(Denial.ALGORITHM, validator, hmac(mint, pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
