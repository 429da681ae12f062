package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a token is in memory once its request is over. */
class TokensAtRestTest {

  private static final int MARK = 24;

  // The mark itself must not be in memory, or it would be found there.
  private static final byte MASK = 0x55;

  @TempDir private Path directory;

  private final RememberingBench bench = new RememberingBench();

  @Test
  void O10_LG7_aHeapDumpHoldsNoToken() throws IOException {
    byte[][] masked = {accepted(), refused()};
    assertEquals(1, bench.validator.memory().acceptedCount());
    assertEquals(1, bench.validator.memory().refusedCount());
    byte[] control = mask("a text that is in memory".getBytes(StandardCharsets.US_ASCII));
    String held = new String(mask(control), StandardCharsets.US_ASCII);

    Path dump = directory.resolve("heap.hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(dump.toString(), true);

    assertTrue(contains(dump, control), "the search finds what is there: " + held);
    assertFalse(contains(dump, masked[0]), "the accepted token");
    assertFalse(contains(dump, masked[1]), "the refused token");
  }

  // In methods of their own, so that their variables are gone.
  private byte[] accepted() {
    // No other test has held the same.
    String token = Bench.RSA.sign(Bench.claimsWith("jti", "at-rest"));
    assertTrue(
        bench.validator.validate(BearerToken.of(token), Bench.RESOURCE)
            instanceof Decision.Granted);
    bench.validator.validate(BearerToken.of(token), Bench.RESOURCE);
    return markOf(token);
  }

  private byte[] refused() {
    String token = Bench.RSA.sign(Bench.claimsWith("exp", Bench.SECONDS - 3601));
    bench.validator.validate(BearerToken.of(token), Bench.RESOURCE);
    return markOf(token);
  }

  // A part of the signature: no claim is spelt like it.
  private static byte[] markOf(String token) {
    int start = token.lastIndexOf('.') + 100;
    return mask(token.substring(start, start + MARK).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] mask(byte[] bytes) {
    byte[] masked = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      masked[i] = (byte) (bytes[i] ^ MASK);
    }
    return masked;
  }

  private static boolean contains(Path file, byte[] masked) throws IOException {
    byte[] block = new byte[1 << 20];
    int kept = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (int read = in.read(block); read >= 0; read = in.read(block, kept, block.length - kept)) {
        int length = kept + read;
        if (containsMasked(block, length, masked)) {
          return true;
        }
        kept = Math.min(masked.length - 1, length);
        System.arraycopy(block, length - kept, block, 0, kept);
      }
    }
    return false;
  }

  private static boolean containsMasked(byte[] block, int length, byte[] masked) {
    for (int at = 0; at <= length - masked.length; at++) {
      int same = 0;
      while (same < masked.length && (byte) (block[at + same] ^ MASK) == masked[same]) {
        same++;
      }
      if (same == masked.length) {
        return true;
      }
    }
    return false;
  }
}
