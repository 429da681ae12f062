package dev.countersign.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A key pair of an authorization server, with the algorithm it signs with (RFC 7518 section 3.1).
 * Immutable.
 */
public final class SigningKey {

  private final String kid;
  private final String algorithm;
  private final KeyPair pair;

  private SigningKey(String kid, String algorithm, KeyPair pair) {
    this.kid = kid;
    this.algorithm = algorithm;
    this.pair = pair;
  }

  /**
   * A new RSA key of 2048 bits that signs with RS256.
   *
   * @param kid the key ID
   * @return the key
   */
  public static SigningKey rsa(String kid) {
    return rsa(kid, 2048);
  }

  /**
   * A new RSA key that signs with RS256.
   *
   * @param kid the key ID
   * @param bits the length of the modulus; below 2048 the key is too weak to be accepted
   * @return the key
   */
  public static SigningKey rsa(String kid, int bits) {
    return new SigningKey(kid, "RS256", generate("RSA", bits));
  }

  /**
   * A new key on the curve P-256 that signs with ES256.
   *
   * @param kid the key ID
   * @return the key
   */
  public static SigningKey ec(String kid) {
    return new SigningKey(kid, "ES256", generate("EC", 256));
  }

  /**
   * A new Ed25519 key that signs with EdDSA (RFC 8037).
   *
   * @param kid the key ID
   * @return the key
   */
  public static SigningKey ed25519(String kid) {
    return new SigningKey(kid, "EdDSA", generate("Ed25519", 255));
  }

  private static KeyPair generate(String type, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + type, e);
    }
  }

  /**
   * The same key pair with another algorithm.
   *
   * @param other RS256, RS384, RS512, PS256, PS384, PS512, ES256, EdDSA or Ed25519
   * @return the key
   */
  public SigningKey withAlgorithm(String other) {
    return new SigningKey(kid, other, pair);
  }

  /**
   * The same key pair under another name.
   *
   * @param other the key ID
   * @return the key
   */
  public SigningKey withKid(String other) {
    return new SigningKey(other, algorithm, pair);
  }

  /**
   * The key ID.
   *
   * @return the {@code kid}
   */
  public String kid() {
    return kid;
  }

  /**
   * The algorithm.
   *
   * @return the {@code alg}
   */
  public String algorithm() {
    return algorithm;
  }

  /**
   * The public half.
   *
   * @return the key that verifies
   */
  public PublicKey publicKey() {
    return pair.getPublic();
  }

  /**
   * The public half as it stands in a key set (RFC 7517 section 4).
   *
   * @return the members, {@code kid}, {@code use} and {@code alg} among them
   */
  public Map<String, Object> jwk() {
    Map<String, Object> members = new LinkedHashMap<>(publicJwk().toJSONObject());
    members.put("kid", kid);
    members.put("use", "sig");
    members.put("alg", algorithm);
    return members;
  }

  /** The public half as it stands in the header of a DPoP proof (RFC 9449 section 4.2). */
  Map<String, Object> bareJwk() {
    return new LinkedHashMap<>(publicJwk().toJSONObject());
  }

  /** The thumbprint of the public half with SHA-256 (RFC 7638). */
  String thumbprint() {
    try {
      return publicJwk().computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  private JWK publicJwk() {
    PublicKey key = pair.getPublic();
    if (key instanceof RSAPublicKey rsa) {
      return new RSAKey.Builder(rsa).build();
    }
    if (key instanceof ECPublicKey ec) {
      return new ECKey.Builder(Curve.P_256, ec).build();
    }
    // SubjectPublicKeyInfo of RFC 8410 ends with the 32 bytes of the key.
    byte[] encoded = key.getEncoded();
    byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x)).build();
  }

  /**
   * Signs.
   *
   * @param input the JWS signing input (RFC 7515 section 2)
   * @return the signature in the form of RFC 7518 section 3
   */
  public byte[] sign(byte[] input) {
    try {
      Signature signature = signature();
      signature.initSign(pair.getPrivate());
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign with " + algorithm, e);
    }
  }

  private Signature signature() throws GeneralSecurityException {
    String bits = algorithm.substring(2);
    if (algorithm.startsWith("PS")) {
      Signature signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(pss("SHA-" + bits, Integer.parseInt(bits) / 8));
      return signature;
    }
    if (algorithm.startsWith("RS")) {
      return Signature.getInstance("SHA" + bits + "withRSA");
    }
    return algorithm.equals("ES256")
        ? Signature.getInstance("SHA256withECDSAinP1363Format")
        : Signature.getInstance("Ed25519");
  }

  private static AlgorithmParameterSpec pss(String digest, int saltLength) {
    return new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), saltLength, 1);
  }

  /**
   * Prints nothing of the key itself.
   *
   * @return key ID and algorithm
   */
  @Override
  public String toString() {
    return "SigningKey[" + kid + ", " + algorithm + "]";
  }
}
