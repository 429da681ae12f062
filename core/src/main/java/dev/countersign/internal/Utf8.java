package dev.countersign.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Text as bytes: which are UTF-8, and eight of them at a time. */
final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The highest bit of each of eight bytes. */
  static final long HIGH_BITS = 0x8080808080808080L;

  private static final int PART = 4096;

  private Utf8() {}

  /** Eight bytes, the first of them in the lowest bits. */
  static long eight(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static boolean isAscii(byte[] bytes) {
    int at = 0;
    long all = 0;
    for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
      all |= eight(bytes, at);
    }
    for (; at < bytes.length; at++) {
      all |= bytes[at];
    }
    return (all & HIGH_BITS) == 0;
  }

  /**
   * Looks for what no decoder may take: overlong forms, surrogates, stray and missing bytes.
   *
   * @return where it begins; the length if the bytes are UTF-8
   */
  static int validLength(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(PART);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isOverflow()) {
      result = decoder.decode(in, out.clear(), true);
    }
    return in.position();
  }
}
