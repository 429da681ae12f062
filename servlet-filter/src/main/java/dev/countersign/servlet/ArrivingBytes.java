package dev.countersign.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of a body as they arrive. Room is made for what has arrived, not for what the client
 * says will: that only keeps the room from being larger than needed. Used by one thread.
 */
final class ArrivingBytes {

  private static final int PART = 8192;

  // Few copies of a large body, and little room for one that never comes.
  private static final int GROWTH = 4;

  private final int limit;
  private final long announced;
  private byte[] bytes;
  private int count;

  /**
   * Nothing so far.
   *
   * @param limit the greatest number of bytes
   * @param announced how many there are by the head of the request; negative if it does not say
   */
  ArrivingBytes(int limit, long announced) {
    this.limit = limit;
    this.announced = announced;
    this.bytes = new byte[room(0)];
  }

  private int room(int arrived) {
    long wanted = Math.max(PART, (long) arrived * GROWTH);
    return (int) Math.min(limit, arrived < announced ? Math.min(announced, wanted) : wanted);
  }

  boolean isFull() {
    return count == limit;
  }

  /**
   * Reads what is there.
   *
   * @return how many bytes, at most 8 KiB; negative if there are no more
   */
  int read(InputStream in) throws IOException {
    if (count < bytes.length || count != announced) {
      ensureRoom();
      int read = in.read(bytes, count, Math.min(PART, bytes.length - count));
      count += Math.max(read, 0);
      return read;
    }
    // Mostly this is the end, for which no room has to be made.
    int next = in.read();
    if (next < 0) {
      return next;
    }
    ensureRoom();
    bytes[count++] = (byte) next;
    return 1;
  }

  private void ensureRoom() {
    if (count == bytes.length) {
      bytes = Arrays.copyOf(bytes, room(count));
    }
  }

  /** What has arrived; nothing is read any more. */
  byte[] toArray() {
    return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
  }
}
