package dev.countersign.token;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One public key of an issuer and the algorithms it may be used with. The first signature that
 * verifies settles which one it is: one key, one algorithm (RFC 8725 section 3.1). Thread-safe.
 */
final class VerificationKey {

  private final String keyId;
  private final KeyShape shape;
  private final Set<SignatureAlgorithm> algorithms;
  private final PublicKey key;
  private final int signatureLength;
  private final Optional<BigInteger> order;
  private final AtomicReference<@Nullable SignatureAlgorithm> settled = new AtomicReference<>();

  // Never holds more than were in use at the same time. All are for the settled algorithm.
  private final Queue<Signature> idle = new ConcurrentLinkedQueue<>();

  /**
   * Takes a key that has been checked.
   *
   * @param keyId {@code kid}; empty if it has none
   * @param shape what kind of key it is
   * @param algorithms what it may be used with, of this shape only
   * @param key the key
   * @param signatureLength the only length of a signature, in bytes
   * @param order the order of the curve, for ECDSA
   */
  VerificationKey(
      String keyId,
      KeyShape shape,
      Set<SignatureAlgorithm> algorithms,
      PublicKey key,
      int signatureLength,
      Optional<BigInteger> order) {
    this.keyId = keyId;
    this.shape = shape;
    this.algorithms = EnumSet.copyOf(algorithms);
    this.key = key;
    this.signatureLength = signatureLength;
    this.order = order;
  }

  String keyId() {
    return keyId;
  }

  boolean fits(SignatureAlgorithm algorithm) {
    SignatureAlgorithm only = settled.get();
    return algorithms.contains(algorithm) && (only == null || only.isSameAs(algorithm));
  }

  /** Whether this JVM can verify with the key at all. */
  boolean isUsable() {
    try {
      algorithms.iterator().next().newSignature().initVerify(key);
      return true;
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  boolean isSameAs(VerificationKey other) {
    return keyId.equals(other.keyId)
        && shape == other.shape
        && algorithms.equals(other.algorithms)
        && Arrays.equals(key.getEncoded(), other.key.getEncoded());
  }

  /**
   * Whether the signature of a token verifies.
   *
   * @param algorithm one that {@link #fits}
   * @param jws the token
   * @return false for a bad signature
   * @throws IllegalStateException if the JVM cannot use the key
   */
  boolean verifies(SignatureAlgorithm algorithm, CompactJws jws) {
    return verifies(algorithm, jws.signingInput(), jws.signature());
  }

  boolean verifies(SignatureAlgorithm algorithm, ByteBuffer input, byte[] signature) {
    if (signature.length != signatureLength || !isInRange(signature)) {
      return false;
    }
    Signature verification = borrow(algorithm);
    try {
      verification.update(input);
      return verification.verify(signature) && settle(algorithm, verification);
    } catch (SignatureException e) {
      // How providers say that the bytes are no signature at all. The object is not used again.
      return false;
    }
  }

  // r and s of ECDSA are in 1 .. n-1: RFC 7515 appendix A.3 with FIPS 186-5 section 6.4.2
  private boolean isInRange(byte[] signature) {
    if (order.isEmpty()) {
      return true;
    }
    int half = signature.length / 2;
    BigInteger r = new BigInteger(1, signature, 0, half);
    BigInteger s = new BigInteger(1, signature, half, half);
    BigInteger n = order.get();
    return r.signum() > 0 && r.compareTo(n) < 0 && s.signum() > 0 && s.compareTo(n) < 0;
  }

  private Signature borrow(SignatureAlgorithm algorithm) {
    Signature verification = settled.get() == null ? null : idle.poll();
    return verification == null ? newVerification(algorithm) : verification;
  }

  private Signature newVerification(SignatureAlgorithm algorithm) {
    try {
      Signature verification = algorithm.newSignature();
      verification.initVerify(key);
      return verification;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + algorithm.headerName(), e);
    }
  }

  // Two algorithms at the same first moment: one is settled, the other one's token is refused.
  private boolean settle(SignatureAlgorithm algorithm, Signature verification) {
    settled.compareAndSet(null, algorithm);
    SignatureAlgorithm only = settled.get();
    boolean agrees = only != null && only.isSameAs(algorithm);
    if (agrees) {
      idle.offer(verification);
    }
    return agrees;
  }

  /** Prints nothing of the key. */
  @Override
  public String toString() {
    return "VerificationKey[" + shape + ", " + algorithms + "]";
  }
}
