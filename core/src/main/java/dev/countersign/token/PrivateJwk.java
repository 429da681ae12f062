package dev.countersign.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A private key of our own (RFC 7517), and the algorithm that it signs with. Immutable. */
final class PrivateJwk {

  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  // PrivateKeyInfo of Ed25519 up to the key: RFC 8410 section 7.
  private static final byte[] ED25519_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final SignatureAlgorithm algorithm;
  private final Optional<String> keyId;
  private final PrivateKey key;

  private PrivateJwk(SignatureAlgorithm algorithm, Optional<String> keyId, PrivateKey key) {
    this.algorithm = algorithm;
    this.keyId = keyId;
    this.key = key;
  }

  /**
   * Reads a key. Without {@code alg} it signs with RS256, with ECDSA and the hash of its curve, or
   * with EdDSA.
   *
   * @throws IllegalArgumentException if it is none that can sign; the message holds nothing of it
   */
  static PrivateJwk parse(String json) {
    try {
      return parse(Json.readObject(json.getBytes(StandardCharsets.UTF_8), HeaderRules.LIMITS));
    } catch (JsonException
        | ParseException
        | JOSEException
        | GeneralSecurityException
        | RuntimeException e) {
      throw new IllegalArgumentException(
          "expected one private key as a JWK: RSA of at least 2048 bits, EC P-256, P-384 or P-521,"
              + " or OKP Ed25519, with an alg that fits or none (RFC 7517)");
    }
  }

  private static PrivateJwk parse(Map<String, Object> jwk)
      throws ParseException, JOSEException, GeneralSecurityException {
    KeyShape shape = KeyShape.of(jwk.get("kty"), jwk.get("crv")).orElseThrow();
    Object named = jwk.get("alg");
    SignatureAlgorithm algorithm =
        Arrays.stream(SignatureAlgorithm.values())
            .filter(one -> one.shape() == shape)
            .filter(one -> named == null || one.headerName().equals(named))
            .findFirst()
            .orElseThrow();
    Optional<String> keyId = Optional.ofNullable((String) jwk.get("kid"));
    PrivateJwk read = new PrivateJwk(algorithm, keyId, key(shape, jwk));
    // Tried once, so that a key that the JVM cannot use is found now and not at a request.
    read.sign(Map.of());
    return read;
  }

  private static PrivateKey key(KeyShape shape, Map<String, Object> jwk)
      throws ParseException, JOSEException, GeneralSecurityException {
    if (shape == KeyShape.RSA) {
      RSAKey key = RSAKey.parse(jwk);
      if (!RsaKeys.isSound(key.toRSAPublicKey())) {
        throw new GeneralSecurityException("a weak key");
      }
      return key.toRSAPrivateKey();
    }
    return shape == KeyShape.ED25519 ? ed25519(jwk) : ECKey.parse(jwk).toECPrivateKey();
  }

  private static PrivateKey ed25519(Map<String, Object> jwk) throws GeneralSecurityException {
    byte[] d = Base64.getUrlDecoder().decode((String) jwk.get("d"));
    byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + d.length);
    System.arraycopy(d, 0, encoded, ED25519_PREFIX.length, d.length);
    return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  /** The claims as a signed JWT in compact serialization (RFC 7515 section 7.1). */
  String sign(Map<String, Object> claims) throws GeneralSecurityException {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("typ", "JWT");
    header.put("alg", algorithm.headerName());
    keyId.ifPresent(id -> header.put("kid", id));
    String input = encode(Json.write(header)) + "." + encode(Json.write(claims));
    Signature signature = algorithm.newSignature();
    signature.initSign(key);
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + URL.encodeToString(signature.sign());
  }

  private static String encode(String text) {
    return URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Prints nothing of the key. */
  @Override
  public String toString() {
    return "PrivateJwk[" + algorithm + "]";
  }
}
