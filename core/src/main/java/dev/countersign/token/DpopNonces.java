package dev.countersign.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Nonces without memory (RFC 9449 section 8): the nonce of a span of time is its number,
 * authenticated. Immutable.
 */
final class DpopNonces {

  /** How long a nonce is handed out. It is taken for as long again. */
  static final Duration EPOCH = Duration.ofSeconds(150);

  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
  private static final byte[] PURPOSE =
      "countersign dpop nonce".getBytes(StandardCharsets.US_ASCII);

  private final NonceKey key;

  DpopNonces(NonceKey key) {
    this.key = key;
  }

  /** The nonce to hand out, 43 characters of base64url. */
  String current(Instant now) {
    return ofEpoch(epoch(now));
  }

  boolean isCurrent(String nonce, Instant now) {
    return isSame(nonce, epoch(now));
  }

  /**
   * Whether a nonce is good: of this span, of the one before, or of the next, for another node's
   * clock may be ahead.
   */
  boolean isGood(String nonce, Instant now) {
    long epoch = epoch(now);
    return isSame(nonce, epoch) || isSame(nonce, epoch - 1) || isSame(nonce, epoch + 1);
  }

  private boolean isSame(String nonce, long epoch) {
    return MessageDigest.isEqual(
        nonce.getBytes(StandardCharsets.UTF_8), ofEpoch(epoch).getBytes(StandardCharsets.US_ASCII));
  }

  private String ofEpoch(long epoch) {
    byte[] message =
        ByteBuffer.allocate(PURPOSE.length + Long.BYTES).put(PURPOSE).putLong(epoch).array();
    return URL.encodeToString(key.authenticate(message));
  }

  private static long epoch(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), EPOCH.toSeconds());
  }
}
