package dev.countersign.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.countersign.internal.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signs tokens with one key, good ones and hostile ones. RSA and ECDSA are signed by nimbus, so
 * that they do not agree with our verification by sharing its code.
 */
record TokenMint(SignatureAlgorithm algorithm, String keyId, KeyPair pair) {

  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  static TokenMint of(SignatureAlgorithm algorithm, String keyId) {
    return new TokenMint(algorithm, keyId, newPair(algorithm.shape(), 2048));
  }

  static KeyPair newPair(KeyShape shape, int rsaBits) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(
              shape == KeyShape.RSA ? "RSA" : shape == KeyShape.ED25519 ? "Ed25519" : "EC");
      if (shape == KeyShape.RSA) {
        generator.initialize(rsaBits);
      } else if (shape.isElliptic()) {
        generator.initialize(new ECGenParameterSpec(shape.curve().getStdName()));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  TokenMint using(SignatureAlgorithm other) {
    return new TokenMint(other, keyId, pair);
  }

  TokenMint named(String otherKeyId) {
    return new TokenMint(algorithm, otherKeyId, pair);
  }

  /** The header that a token of RFC 9068 has. */
  Map<String, Object> header() {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("typ", "at+jwt");
    header.put("alg", algorithm.headerName());
    header.put("kid", keyId);
    return header;
  }

  String sign(Map<String, Object> header, Map<String, Object> claims) {
    return sign(Json.write(header), Json.write(claims));
  }

  String sign(Map<String, Object> claims) {
    return sign(header(), claims);
  }

  String sign(String header, String claims) {
    return sign(header.getBytes(StandardCharsets.UTF_8), claims.getBytes(StandardCharsets.UTF_8));
  }

  String sign(byte[] header, byte[] claims) {
    return signText(encode(header) + "." + encode(claims));
  }

  /** Signs the text in front of the second dot, whatever it is. */
  String signText(String signingInput) {
    return signingInput + "." + encode(signature(signingInput.getBytes(StandardCharsets.US_ASCII)));
  }

  byte[] signature(byte[] input) {
    try {
      if (algorithm.shape() == KeyShape.ED25519) {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(input);
        return signature.sign();
      }
      JWSHeader header = new JWSHeader(JWSAlgorithm.parse(algorithm.headerName()));
      return algorithm.shape() == KeyShape.RSA
          ? new RSASSASigner(pair.getPrivate()).sign(header, input).decode()
          : new ECDSASigner((ECPrivateKey) pair.getPrivate()).sign(header, input).decode();
    } catch (GeneralSecurityException | JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** The public key as it stands in a key set. */
  Map<String, Object> jwk() {
    Map<String, Object> jwk = bareJwk();
    jwk.put("kid", keyId);
    jwk.put("use", "sig");
    jwk.put("alg", algorithm.headerName());
    return jwk;
  }

  /** The public key without kid, use and alg. */
  Map<String, Object> bareJwk() {
    if (algorithm.shape() == KeyShape.RSA) {
      return new LinkedHashMap<>(
          new RSAKey.Builder((RSAPublicKey) pair.getPublic()).build().toJSONObject());
    }
    if (algorithm.shape().isElliptic()) {
      return new LinkedHashMap<>(
          new ECKey.Builder(algorithm.shape().curve(), (ECPublicKey) pair.getPublic())
              .build()
              .toJSONObject());
    }
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new LinkedHashMap<>(Map.of("kty", "OKP", "crv", "Ed25519", "x", encode(x)));
  }

  static String encode(byte[] bytes) {
    return URL.encodeToString(bytes);
  }

  static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }
}
