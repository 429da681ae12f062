package dev.countersign.token;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;

/**
 * Tells RSA keys that can be relied on from those that cannot (RFC 7518 section 3.3, RFC 8725
 * section 3.5).
 */
final class RsaKeys {

  private static final int MIN_BITS = 2048;
  // Longer keys cost more to verify with than a request may cost.
  private static final int MAX_BITS = 8192;
  private static final int MAX_EXPONENT_BITS = 64;

  private static final BigInteger GENERATOR = BigInteger.valueOf(65537);
  private static final int LARGEST_PRIME = 167;

  private RsaKeys() {}

  static boolean isSound(RSAPublicKey key) {
    BigInteger modulus = key.getModulus();
    BigInteger exponent = key.getPublicExponent();
    int bits = modulus.bitLength();
    return bits >= MIN_BITS
        && bits <= MAX_BITS
        && modulus.testBit(0)
        && exponent.testBit(0)
        && exponent.compareTo(BigInteger.ONE) > 0
        && exponent.bitLength() <= MAX_EXPONENT_BITS
        && !isOfInfineonLibrary(modulus);
  }

  // CVE-2017-15361: both factors are k * M + (65537 ^ a mod M), where M is a product of small
  // primes. So the
  // modulus is a power of 65537 modulo each of these primes; a sound modulus is so once in 2^27.
  private static boolean isOfInfineonLibrary(BigInteger modulus) {
    for (int prime = 3; prime <= LARGEST_PRIME; prime += 2) {
      BigInteger p = BigInteger.valueOf(prime);
      if (p.isProbablePrime(20) && !isPowerOfGenerator(modulus.mod(p), p)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPowerOfGenerator(BigInteger value, BigInteger prime) {
    BigInteger power = BigInteger.ONE;
    do {
      if (power.equals(value)) {
        return true;
      }
      power = power.multiply(GENERATOR).mod(prime);
    } while (!power.equals(BigInteger.ONE));
    return false;
  }
}
