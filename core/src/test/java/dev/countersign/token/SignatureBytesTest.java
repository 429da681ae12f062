package dev.countersign.token;

import static dev.countersign.token.Bench.EC;
import static dev.countersign.token.Bench.ED;
import static dev.countersign.token.Bench.PSS;
import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.Bench.claims;
import static dev.countersign.token.Bench.denied;
import static dev.countersign.token.Bench.granted;
import static dev.countersign.token.Bench.validator;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.crypto.impl.ECDSA;
import dev.countersign.oauth.Denial;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures that are almost right. */
class SignatureBytesTest {

  private final JwtTokenValidator validator = validator();

  /** The signing input of a good token. */
  private static String input(TokenMint mint) {
    String token = mint.sign(claims());
    return token.substring(0, token.lastIndexOf('.'));
  }

  private static byte[] signature(TokenMint mint) {
    return mint.signature(input(mint).getBytes(StandardCharsets.US_ASCII));
  }

  private void refuses(TokenMint mint, byte[] signature) {
    denied(Denial.SIGNATURE, validator, input(mint) + "." + TokenMint.encode(signature));
  }

  private static byte[] pair(BigInteger r, BigInteger s) {
    byte[] both = new byte[64];
    put(r, both, 32);
    put(s, both, 64);
    return both;
  }

  private static void put(BigInteger number, byte[] target, int end) {
    byte[] bytes = number.mod(BigInteger.TWO.pow(256)).toByteArray();
    int length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, target, end - length, length);
  }

  private static BigInteger order() {
    return ((ECPublicKey) EC.pair().getPublic()).getParams().getOrder();
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  void J06_J07_J13_acceptsEveryAlgorithmThatIsListed(SignatureAlgorithm algorithm) {
    TokenMint mint = TokenMint.of(algorithm, "key");
    TrustedIssuer issuer = TrustedIssuer.builder(Bench.ISSUER).algorithms(algorithm).build();
    JwtTokenValidator listed = validator(Map.of(issuer, Bench.keys(mint)));

    granted(listed, mint.sign(claims()));
    granted(listed, mint.sign(claims()));
    byte[] flipped = signature(mint);
    flipped[flipped.length / 2] ^= 1;
    denied(Denial.SIGNATURE, listed, input(mint) + "." + TokenMint.encode(flipped));
  }

  @Test
  void JS12_refusesEveryFlippedBitOfAnEcdsaSignature() {
    byte[] good = signature(EC);
    granted(validator, input(EC) + "." + TokenMint.encode(good));
    for (int bit = 0; bit < 512; bit++) {
      byte[] flipped = good.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      refuses(EC, flipped);
    }
  }

  static Stream<TokenMint> mints() {
    return Stream.of(RSA, PSS, EC, ED);
  }

  @ParameterizedTest
  @MethodSource("mints")
  void JS13_refusesAnotherLength(TokenMint mint) {
    byte[] good = signature(mint);

    refuses(mint, Arrays.copyOf(good, good.length - 1));
    refuses(mint, Arrays.copyOf(good, good.length + 1));
    refuses(mint, Arrays.copyOfRange(good, 1, good.length));
    refuses(mint, Arrays.copyOf(good, good.length * 2));
    refuses(mint, new byte[] {0});
  }

  @ParameterizedTest
  @MethodSource("mints")
  void refusesEveryFlippedByte(TokenMint mint) {
    byte[] good = signature(mint);
    for (int at = 0; at < good.length; at += 7) {
      byte[] flipped = good.clone();
      flipped[at] ^= 0x10;
      refuses(mint, flipped);
    }
  }

  @Test
  void JS14_JS15_J12_refusesZeros() {
    BigInteger one = BigInteger.ONE;

    refuses(EC, new byte[64]);
    refuses(EC, pair(BigInteger.ZERO, one));
    refuses(EC, pair(one, BigInteger.ZERO));
  }

  @Test
  void JS16_J12_refusesTheOrderOfTheCurve() {
    BigInteger n = order();
    for (BigInteger value : List.of(n, n.add(BigInteger.ONE), n.shiftLeft(1))) {
      refuses(EC, pair(value, value));
      refuses(EC, pair(value, BigInteger.ONE));
      refuses(EC, pair(BigInteger.ONE, value));
    }
  }

  @Test
  void JS17_refusesValuesThatAreGoodOnlyModuloTheOrder() {
    byte[] good = signature(EC);
    BigInteger r = new BigInteger(1, good, 0, 32);
    BigInteger s = new BigInteger(1, good, 32, 32);
    BigInteger room = BigInteger.TWO.pow(256).subtract(order());

    // A value of 32 bytes above the order exists for small ones only; the others get a byte more.
    byte[] wide = new byte[66];
    System.arraycopy(r.add(order()).toByteArray(), 0, wide, 0, 33);
    System.arraycopy(s.add(order()).toByteArray(), 0, wide, 33, 33);
    refuses(EC, wide);
    if (r.compareTo(room) < 0) {
      refuses(EC, pair(r.add(order()), s));
    }
  }

  @Test
  void JS18_J12_refusesDer() throws Exception {
    refuses(EC, ECDSA.transcodeSignatureToDER(signature(EC)));
  }

  @Test
  void JS19_refusesAnEcdsaSignatureOf8Kilobytes() {
    refuses(EC, new byte[8 * 1024]);
  }

  @Test
  void JS20_acceptsTheOtherSOfEcdsaAsTheSameClaims() {
    byte[] good = signature(EC);
    BigInteger r = new BigInteger(1, good, 0, 32);
    BigInteger s = order().subtract(new BigInteger(1, good, 32, 32));
    String input = input(EC);
    String token = input + "." + TokenMint.encode(good);

    assertEquals(
        granted(validator, token).claims(),
        granted(validator, input + "." + TokenMint.encode(pair(r, s))).claims());
  }

  @Test
  void JS21_refusesRsaValuesOutOfRange() {
    byte[] good = signature(RSA);
    BigInteger modulus = ((RSAPublicKey) RSA.pair().getPublic()).getModulus();
    byte[] longer = new byte[257];
    System.arraycopy(good, 0, longer, 1, 256);

    refuses(RSA, longer);
    refuses(RSA, new byte[256]);
    byte[] all = modulus.toByteArray();
    refuses(RSA, Arrays.copyOfRange(all, all.length - 256, all.length));
    byte[] most = new byte[256];
    Arrays.fill(most, (byte) 0xFF);
    refuses(RSA, most);
  }

  @Test
  void JS23_refusesOtherParametersOfPss() throws GeneralSecurityException {
    for (PSSParameterSpec wrong :
        List.of(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 20, 1),
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 0, 1),
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA1, 32, 1),
            new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1))) {
      Signature signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(wrong);
      signature.initSign(PSS.pair().getPrivate());
      signature.update(input(PSS).getBytes(StandardCharsets.US_ASCII));
      refuses(PSS, signature.sign());
    }
  }

  @Test
  void JS24_refusesAnEd25519SignatureWithAnotherS() {
    // S + L is the same point, and not canonical (RFC 8032 section 5.1.7).
    BigInteger order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    byte[] good = signature(ED);
    byte[] littleEndian = Arrays.copyOfRange(good, 32, 64);
    reverse(littleEndian);
    byte[] other = new byte[32];
    put(new BigInteger(1, littleEndian).add(order), other, 32);
    reverse(other);
    byte[] twin = good.clone();
    System.arraycopy(other, 0, twin, 32, 32);

    granted(validator, input(ED) + "." + TokenMint.encode(good));
    refuses(ED, twin);
  }

  private static void reverse(byte[] bytes) {
    for (int at = 0; at < bytes.length / 2; at++) {
      byte kept = bytes[at];
      bytes[at] = bytes[bytes.length - 1 - at];
      bytes[bytes.length - 1 - at] = kept;
    }
  }
}
