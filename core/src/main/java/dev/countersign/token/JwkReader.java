package dev.countersign.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads JWK sets (RFC 7517 section 5). A key that cannot be used is left out and spoils no other.
 */
final class JwkReader {

  static final int MAX_KEYS = 64;

  // What only a private or a symmetric key has: RFC 7518 section 6.
  private static final List<String> SECRET = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
  private static final int MAX_KEY_ID = 256;

  // SubjectPublicKeyInfo of Ed25519 up to the key: RFC 8410 section 4.
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private JwkReader() {}

  /**
   * Reads a set.
   *
   * @param document the set
   * @return the usable keys; empty if the document is no set, has no usable key or more than {@link
   *     #MAX_KEYS} entries
   */
  static KeySet read(Map<String, Object> document) {
    if (!(document.get("keys") instanceof List<?> entries) || entries.size() > MAX_KEYS) {
      return KeySet.EMPTY;
    }
    List<VerificationKey> keys = new ArrayList<>();
    for (Object entry : entries) {
      Optional<VerificationKey> key = entry instanceof Map<?, ?> jwk ? key(jwk) : Optional.empty();
      // The same key twice is one key.
      key.filter(one -> keys.stream().noneMatch(one::isSameAs)).ifPresent(keys::add);
    }
    return new KeySet(keys);
  }

  /** The key of a JWK (RFC 7517 section 4); empty if it is no public key that can be used. */
  static Optional<VerificationKey> key(Map<?, ?> jwk) {
    Optional<KeyShape> shape = KeyShape.of(jwk.get("kty"), jwk.get("crv"));
    if (shape.isEmpty() || SECRET.stream().anyMatch(jwk::containsKey) || !isForSignatures(jwk)) {
      return Optional.empty();
    }
    Object keyId = jwk.containsKey("kid") ? jwk.get("kid") : "";
    Set<SignatureAlgorithm> algorithms = algorithms(jwk, shape.get());
    if (!(keyId instanceof String kid) || kid.length() > MAX_KEY_ID || algorithms.isEmpty()) {
      return Optional.empty();
    }
    try {
      return key(jwk, kid, shape.get(), algorithms);
    } catch (ParseException | JOSEException | GeneralSecurityException | RuntimeException e) {
      // Whatever is wrong with the numbers of one key: the others are none the worse.
      return Optional.empty();
    }
  }

  private static boolean isForSignatures(Map<?, ?> jwk) {
    boolean use = !jwk.containsKey("use") || "sig".equals(jwk.get("use"));
    boolean operations =
        !jwk.containsKey("key_ops")
            || (jwk.get("key_ops") instanceof List<?> list && list.contains("verify"));
    return use && operations;
  }

  private static Set<SignatureAlgorithm> algorithms(Map<?, ?> jwk, KeyShape shape) {
    Set<SignatureAlgorithm> fitting = EnumSet.noneOf(SignatureAlgorithm.class);
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      boolean named =
          !jwk.containsKey("alg")
              || SignatureAlgorithm.named(String.valueOf(jwk.get("alg")))
                  .filter(algorithm::isSameAs)
                  .isPresent();
      if (named && algorithm.shape() == shape) {
        fitting.add(algorithm);
      }
    }
    return fitting;
  }

  private static Optional<VerificationKey> key(
      Map<?, ?> jwk, String kid, KeyShape shape, Set<SignatureAlgorithm> algorithms)
      throws ParseException, JOSEException, GeneralSecurityException {
    if (shape == KeyShape.RSA) {
      RSAPublicKey key = RSAKey.parse(members(jwk, "kty", "n", "e")).toRSAPublicKey();
      int length = (key.getModulus().bitLength() + 7) / 8;
      return RsaKeys.isSound(key)
          ? usable(new VerificationKey(kid, shape, algorithms, key, length, Optional.empty()))
          : Optional.empty();
    }
    if (shape == KeyShape.ED25519) {
      return usable(
          new VerificationKey(kid, shape, algorithms, ed25519(jwk), 64, Optional.empty()));
    }
    // Checks that the point is on the curve.
    ECPublicKey key = ECKey.parse(members(jwk, "kty", "crv", "x", "y")).toECPublicKey();
    BigInteger order = key.getParams().getOrder();
    int length = 2 * ((order.bitLength() + 7) / 8);
    return usable(new VerificationKey(kid, shape, algorithms, key, length, Optional.of(order)));
  }

  // Only what makes the key, so that a broken certificate or a date beside it does no harm.
  private static Map<String, Object> members(Map<?, ?> jwk, String... names) {
    Map<String, Object> members = new HashMap<>();
    Arrays.stream(names).forEach(name -> members.put(name, jwk.get(name)));
    return members;
  }

  private static PublicKey ed25519(Map<?, ?> jwk) throws GeneralSecurityException {
    byte[] x = Base64.getUrlDecoder().decode(String.valueOf(jwk.get("x")));
    if (x.length != 32) {
      throw new GeneralSecurityException("x must have 32 bytes (RFC 8037 section 2)");
    }
    byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + x.length);
    System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, x.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  // Tried once, so that a key that the JVM cannot use is found now and not at a request.
  private static Optional<VerificationKey> usable(VerificationKey key) {
    return key.isUsable() ? Optional.of(key) : Optional.empty();
  }
}
