package dev.countersign.token;

import static dev.countersign.token.Bench.RESOURCE;
import static dev.countersign.token.Bench.RSA;
import static dev.countersign.token.Bench.claims;
import static dev.countersign.token.Bench.denied;
import static dev.countersign.token.Bench.granted;
import static dev.countersign.token.Bench.headerWith;
import static dev.countersign.token.Bench.validator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.sun.management.ThreadMXBean;
import dev.countersign.internal.Json;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** Nothing is ever decrypted, unpacked or multiplied for a token (RFC 7516). */
class EncryptedTokenTest {

  private static final String BOMB = bomb();

  private static String bomb() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater raw = new Deflater(Deflater.BEST_COMPRESSION, true);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, raw)) {
      out.write(new byte[10_000_000]);
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      raw.end();
    }
    return TokenMint.encode(packed.toByteArray());
  }

  private static String fiveParts(String header, String ciphertext) {
    return String.join(".", TokenMint.encode(header), "", "AAAAAAAAAAAAAAAA", ciphertext, "AAAA");
  }

  @Test
  void JE2_refusesATokenEncryptedToAPublishedKey() throws JOSEException {
    JWEHeader header =
        new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM)
            .keyID(RSA.keyId())
            .contentType("JWT")
            .build();
    for (String payload : List.of(Json.write(claims()), RSA.sign(claims()))) {
      JWEObject jwe = new JWEObject(header, new Payload(payload));
      jwe.encrypt(new RSAEncrypter((RSAPublicKey) RSA.pair().getPublic()));

      denied(Denial.TOKEN_MALFORMED, validator(), jwe.serialize());
    }
  }

  @Test
  void JE4_unpacksNothing() {
    assertTrue(BOMB.length() < 15_000, () -> "packs 10 MB into " + BOMB.length());
    String bomb =
        fiveParts("{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"zip\":\"" + zip() + "\"}", BOMB);
    String signed =
        RSA.signText(
            TokenMint.encode(Json.write(headerWith(RSA, "zip", zip().toString()))) + "." + BOMB);
    JwtTokenValidator validator = validator();
    Decision warm = validator.validate(BearerToken.of(bomb), RESOURCE);
    assertInstanceOf(Decision.Denied.class, warm);

    for (String token : List.of(bomb, signed)) {
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      denied(Denial.TOKEN_MALFORMED, validator, token);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < 1_000_000, () -> allocated + " bytes");
    }
  }

  private static CompressionAlgorithm zip() {
    return CompressionAlgorithm.DEF;
  }

  /** An ephemeral key that is no point of its curve, and one of order four. */
  private static List<Map<String, Object>> ephemeralKeys() {
    String seven = TokenMint.encode("\0".repeat(31) + "\7");
    return List.of(
        Map.of("kty", "EC", "crv", "P-256", "x", seven, "y", seven),
        Map.of("kty", "OKP", "crv", "X25519", "x", TokenMint.encode("\1" + "\0".repeat(31))));
  }

  @Test
  void JE8_computesNothingWithAnEphemeralKey() {
    AtomicInteger asked = new AtomicInteger();
    SigningKeys keys = Bench.keys(RSA);
    JwtTokenValidator validator =
        validator(
            Map.of(
                Bench.strict(),
                (keyId, algorithm) -> {
                  asked.incrementAndGet();
                  return keys.find(keyId, algorithm);
                }));
    for (Map<String, Object> point : ephemeralKeys()) {
      String header = Json.write(Map.of("alg", "ECDH-ES", "enc", "A128GCM", "epk", point));
      String parts = TokenMint.encode(header) + "." + TokenMint.encode(Json.write(claims()));

      denied(Denial.TOKEN_MALFORMED, validator, fiveParts(header, "AAAA"));
      denied(Denial.ISSUER, validator, parts(header, "{}"));
      denied(Denial.ALGORITHM, validator, RSA.signText(parts));
      assertEquals(0, asked.get());
      // In a JWS it is one more unknown member.
      granted(validator(), RSA.sign(headerWith(RSA, "epk", point), claims()));
    }
  }

  private static String parts(String header, String claims) {
    return RSA.sign(
        header.getBytes(StandardCharsets.UTF_8), claims.getBytes(StandardCharsets.UTF_8));
  }
}
