package dev.countersign.http;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The auth-params of one challenge: an unmodifiable map in the order of the wire. A look-up
 * disregards case (RFC 9110 section 11.2), the keys keep the spelling in which they came. Two of
 * them are equal if they hold the same values under the same names, in whatever order and case.
 *
 * <p>A challenge has a handful of them, for which an array is both smaller and faster than a tree.
 */
final class AuthParams extends AbstractMap<String, String> {

  /** The most auth-params of one challenge, inclusive. */
  static final int MAX = 32;

  static final AuthParams NONE = new AuthParams(new String[0]);

  /** Names at even positions, their values behind them. */
  private final String[] pairs;

  private AuthParams(String[] pairs) {
    this.pairs = pairs;
  }

  /** These with the value put in place of the one of that name, or behind all others. */
  AuthParams with(String name, String value) {
    int at = indexOf(name);
    String[] copy = Arrays.copyOf(pairs, at < 0 ? pairs.length + 2 : pairs.length);
    if (at < 0) {
      copy[pairs.length] = name;
    }
    copy[(at < 0 ? pairs.length : at) + 1] = value;
    return new AuthParams(copy);
  }

  /** These without the one of that name, which is there. */
  AuthParams without(String name) {
    int at = indexOf(name);
    String[] copy = new String[pairs.length - 2];
    System.arraycopy(pairs, 0, copy, 0, at);
    System.arraycopy(pairs, at + 2, copy, at, copy.length - at);
    return new AuthParams(copy);
  }

  private int indexOf(String name) {
    return indexOf(pairs, pairs.length, name);
  }

  /** The position of a name among the first {@code length} elements, or -1. */
  private static int indexOf(String[] pairs, int length, String name) {
    for (int at = 0; at < length; at += 2) {
      if (pairs[at].equalsIgnoreCase(name)) {
        return at;
      }
    }
    return -1;
  }

  String nameAt(int index) {
    return pairs[2 * index];
  }

  String valueAt(int index) {
    return pairs[2 * index + 1];
  }

  @Override
  public int size() {
    return pairs.length / 2;
  }

  @Override
  public @Nullable String get(@Nullable Object name) {
    int at = name instanceof String text ? indexOf(text) : -1;
    return at < 0 ? null : pairs[at + 1];
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return AuthParams.this.size();
      }

      @Override
      public Iterator<Map.Entry<String, String>> iterator() {
        return new Entries();
      }
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int at = 0; at < pairs.length; at += 2) {
      hash += pairs[at].toLowerCase(Locale.ROOT).hashCode() ^ pairs[at + 1].hashCode();
    }
    return hash;
  }

  /** Collects auth-params whose names and values have been checked. Not thread-safe. */
  static final class Collector {

    private String[] pairs = new String[16];
    private int length;

    int size() {
      return length / 2;
    }

    boolean contains(String name) {
      return indexOf(pairs, length, name) >= 0;
    }

    void add(String name, String value) {
      if (length == pairs.length) {
        pairs = Arrays.copyOf(pairs, 2 * length);
      }
      pairs[length++] = name;
      pairs[length++] = value;
    }

    AuthParams collected() {
      return new AuthParams(Arrays.copyOf(pairs, length));
    }

    void clear() {
      length = 0;
    }
  }

  private final class Entries implements Iterator<Map.Entry<String, String>> {

    private int next;

    @Override
    public boolean hasNext() {
      return next < size();
    }

    @Override
    public Map.Entry<String, String> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int index = next++;
      return Map.entry(nameAt(index), valueAt(index));
    }
  }
}
