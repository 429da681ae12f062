package dev.countersign.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The member names of the objects that a reader is in, to see one twice: as bytes while there are
 * few and none has an escape, and as strings otherwise. Not thread-safe.
 */
final class OpenNames {

  // Each is compared with all before it.
  private static final int FEW = 16;

  private final JsonText text;
  private final byte[] utf8;
  private int size;
  private int[] starts = new int[FEW];
  private int[] ends = new int[FEW];
  private long[] heads = new long[FEW];

  // By the mark of the object.
  private final Map<Integer, Set<String>> many = new HashMap<>(0);

  OpenNames(JsonText text, byte[] utf8) {
    this.text = text;
    this.utf8 = utf8;
  }

  /** Opens an object inside those that are open. */
  int mark() {
    return size;
  }

  /** Closes the object of a mark. */
  void close(int mark) {
    size = mark;
    if (!many.isEmpty()) {
      many.remove(mark);
    }
  }

  /**
   * Adds the last string to the names of an object.
   *
   * @return false if the object has that name already
   */
  boolean add(int mark) {
    int last = size;
    push();
    if (text.isEscaped() || last - mark >= FEW || (!many.isEmpty() && many.containsKey(mark))) {
      return addString(mark);
    }
    for (int at = mark; at < last; at++) {
      if (heads[at] == heads[last]
          && Arrays.equals(utf8, starts[at], ends[at], utf8, starts[last], ends[last])) {
        return false;
      }
    }
    return true;
  }

  private void push() {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
      heads = Arrays.copyOf(heads, 2 * size);
    }
    starts[size] = text.start();
    ends[size] = text.end();
    heads[size] = head(text.start(), text.end());
    size++;
  }

  // What most names differ in: the first bytes, in the highest bits, and the quotation mark.
  private long head(int start, int end) {
    int length = Math.min(end - start + 1, Long.BYTES);
    if (start <= utf8.length - Long.BYTES) {
      return Utf8.eight(utf8, start) << (Long.SIZE - length * Byte.SIZE);
    }
    long head = 0;
    for (int at = start; at < start + length; at++) {
      head = (head >>> Byte.SIZE) | ((long) utf8[at] << (Long.SIZE - Byte.SIZE));
    }
    return head;
  }

  private boolean addString(int mark) {
    Set<String> names = many.get(mark);
    if (names == null) {
      names = new HashSet<>();
      for (int at = mark; at < size - 1; at++) {
        names.add(text.decode(starts[at], ends[at]));
      }
      many.put(mark, names);
    }
    return names.add(text.decode(starts[size - 1], ends[size - 1]));
  }
}
