package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrivingBytesTest {

  private static final byte[] BODY = new byte[100_000];

  static {
    new Random(1).nextBytes(BODY);
  }

  /** A connection that has only so many bytes at a time. */
  private static InputStream slow(byte[] content, int part) {
    return new FilterInputStream(new ByteArrayInputStream(content)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(part, length));
      }
    };
  }

  @Test
  void BP1_BP39_keepsEveryByteWhateverLengthIsAnnounced() throws IOException {
    for (int length : new int[] {0, 1, 8191, 8192, 8193, 32_768, 65_536, 100_000}) {
      byte[] body = Arrays.copyOf(BODY, length);
      for (long announced :
          new long[] {-1, 0, length - 1, length, length + 1, 1 << 20, Long.MAX_VALUE}) {
        for (int part : new int[] {1, 1000, Integer.MAX_VALUE}) {
          ArrivingBytes arriving = new ArrivingBytes(1 << 20, announced);
          InputStream in = slow(body, part);
          int sum = 0;
          for (int read = arriving.read(in); read >= 0; read = arriving.read(in)) {
            assertTrue(read > 0 && read <= 8192, () -> "announced " + announced);
            sum += read;
          }

          assertEquals(length, sum);
          assertArrayEquals(body, arriving.toArray(), () -> length + " announced " + announced);
        }
      }
    }
  }

  @Test
  void BP31_takesNoMoreThanTheLimit() throws IOException {
    for (int limit : new int[] {1, 8192, 8193, 50_000}) {
      for (long announced : new long[] {-1, 10, limit, 100_000}) {
        ArrivingBytes arriving = new ArrivingBytes(limit, announced);
        InputStream in = new ByteArrayInputStream(BODY);
        while (!arriving.isFull()) {
          assertFalse(arriving.read(in) < 0);
        }

        assertArrayEquals(Arrays.copyOf(BODY, limit), arriving.toArray());
        assertEquals(BODY.length - limit, in.available());
      }
    }
  }
}
