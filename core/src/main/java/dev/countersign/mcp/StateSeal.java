package dev.countersign.mcp;

import dev.countersign.oauth.AccessToken;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what a server gives a client to bring back: the {@code requestState} of a multi round-trip
 * request of MCP 2026-07-28, a state handle, the identifier of a task, a cursor. What comes back is
 * an attacker's text; opened, it is what was sealed, for the same user, request and time, or
 * nothing.
 *
 * <pre>
 * StateSeal seal = StateSeal.withKeyFile(Path.of("/etc/mcp/state.key"), Clock.systemUTC());
 *
 * String requestState = seal.seal(step, token, "tools/call book_flight", Duration.ofMinutes(10));
 * byte[] step = seal.open(requestState, token, "tools/call book_flight").orElseThrow(…);
 * </pre>
 *
 * <p>A sealed state authenticates nobody: it is opened with the access token of the request that
 * brings it, and only by the user and client that it was sealed for, identified by issuer, subject
 * and client of the token. It can be opened any number of times until it expires; what must happen
 * once only needs a memory of its own. Two sealings of the same state are different texts, which
 * nobody can guess.
 *
 * <pre>
 * sealed = base64url( version salt AES-256-GCM( expiry state ) )
 * version = %x01 ; salt = 16OCTET, of which the key is made: HMAC-SHA-256( key, salt )
 * expiry = 8OCTET, seconds since 1970 ; user and request are authenticated with it
 * </pre>
 *
 * <p>Shows nothing of its key. Thread-safe.
 */
public final class StateSeal {

  /** The least length of a key, in bytes. */
  public static final int MIN_KEY_BYTES = 32;

  private static final int MAX_KEY_BYTES = 4096;
  private static final int MAX_SEALED_LENGTH = 64 * 1024;
  private static final byte VERSION = 1;
  private static final int SALT_BYTES = 16;
  private static final int TAG_BITS = 128;
  private static final String HMAC = "HmacSHA256";

  // Each key is used once, so that the nonce need not differ (NIST SP 800-38D section 8).
  private static final GCMParameterSpec NONCE = new GCMParameterSpec(TAG_BITS, new byte[12]);

  private final SecretKeySpec key;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  private StateSeal(byte[] key, InstantSource clock) {
    this.key = new SecretKeySpec(key, HMAC);
    this.clock = clock;
  }

  /**
   * With a key that no other process has: what it seals is nothing after a restart, and on no other
   * node.
   *
   * @param clock the clock
   * @return the seal
   */
  public static StateSeal withRandomKey(InstantSource clock) {
    byte[] bytes = new byte[MIN_KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new StateSeal(bytes, clock);
  }

  /**
   * With a key that all nodes have.
   *
   * @param file holds nothing but the key, {@value #MIN_KEY_BYTES} to 4096 random bytes
   * @param clock the clock
   * @return the seal
   * @throws IllegalArgumentException if the file cannot be read or has another length
   */
  public static StateSeal withKeyFile(Path file, InstantSource clock) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_KEY_BYTES + 1);
      if (bytes.length < MIN_KEY_BYTES || bytes.length > MAX_KEY_BYTES) {
        throw new IllegalArgumentException(
            "expected a file of " + MIN_KEY_BYTES + " to " + MAX_KEY_BYTES + " random bytes");
      }
      return new StateSeal(bytes, clock);
    } catch (IOException e) {
      throw new IllegalArgumentException("expected a file that can be read", e);
    }
  }

  /**
   * Seals a state.
   *
   * @param state any bytes; they are encrypted. Empty for a handle that only has to be known again
   * @param owner the token of the request: only its user by its client can open the state
   * @param request what the state belongs to, a method and a tool for instance; compared exactly
   * @param life for how long it can be opened, rounded down to seconds
   * @return characters of base64url
   * @throws IllegalArgumentException if the life is less than a second, or the state too long: the
   *     text would have more than 65536 characters
   */
  public String seal(byte[] state, AccessToken owner, String request, Duration life) {
    if (life.toSeconds() < 1) {
      throw new IllegalArgumentException("expected a life of a second or more");
    }
    long expiry = clock.instant().plus(life).getEpochSecond();
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] plain =
        ByteBuffer.allocate(Long.BYTES + state.length).putLong(expiry).put(state).array();
    byte[] encrypted = apply(Cipher.ENCRYPT_MODE, salt, binding(owner, request), plain);
    String sealed =
        encoded(
            ByteBuffer.allocate(1 + SALT_BYTES + encrypted.length)
                .put(VERSION)
                .put(salt)
                .put(encrypted)
                .array());
    if (sealed.length() > MAX_SEALED_LENGTH) {
      throw new IllegalArgumentException("expected a shorter state");
    }
    return sealed;
  }

  /**
   * Opens a state.
   *
   * @param sealed what a client brought
   * @param owner the token of the request that brought it
   * @param request what it must belong to
   * @return the state; empty if it was changed, expired, sealed for somebody or something else, or
   *     with another key. Which of these is nobody's business
   */
  public Optional<byte[]> open(String sealed, AccessToken owner, String request) {
    Optional<byte[]> decoded = decoded(sealed);
    if (decoded.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = decoded.get();
    byte[] salt = Arrays.copyOfRange(bytes, 1, 1 + SALT_BYTES);
    byte[] encrypted = Arrays.copyOfRange(bytes, 1 + SALT_BYTES, bytes.length);
    ByteBuffer plain;
    try {
      plain = ByteBuffer.wrap(apply(Cipher.DECRYPT_MODE, salt, binding(owner, request), encrypted));
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
    // From this second on it is no longer good, like exp (RFC 7519 section 4.1.4).
    if (clock.instant().getEpochSecond() >= plain.getLong()) {
      return Optional.empty();
    }
    byte[] state = new byte[plain.remaining()];
    plain.get(state);
    return Optional.of(state);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  // One text only for the same bytes: the last character has bits that mean nothing.
  private static Optional<byte[]> decoded(String sealed) {
    if (sealed.length() > MAX_SEALED_LENGTH) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(sealed);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    boolean sealedHere =
        bytes.length >= 1 + SALT_BYTES + Long.BYTES + TAG_BITS / Byte.SIZE
            && bytes[0] == VERSION
            && encoded(bytes).equals(sealed);
    return sealedHere ? Optional.of(bytes) : Optional.empty();
  }

  private byte[] apply(int mode, byte[] salt, byte[] binding, byte[] text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(mac.doFinal(salt), "AES"), NONCE);
      cipher.updateAAD(binding);
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("not sealed for this, or not sealed at all", e);
    }
  }

  // Each part with its length, so that no two sets of parts are the same bytes.
  private static byte[] binding(AccessToken owner, String request) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      write(out, owner.issuer());
      write(out, owner.subject());
      out.writeBoolean(owner.clientId().isPresent());
      write(out, owner.clientId().orElse(""));
      write(out, request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public String toString() {
    return "StateSeal[redacted]";
  }
}
