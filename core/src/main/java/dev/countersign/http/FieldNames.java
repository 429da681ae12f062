package dev.countersign.http;

import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/**
 * Names of fields, in the order in which they were given. Lower and upper case make no difference
 * (RFC 9110 section 5.1), so that {@link #contains} finds a name in any spelling, at the price of a
 * look at its length for most. Immutable.
 */
public final class FieldNames extends AbstractSet<String> {

  private static final int LONGEST = 64;

  private static final FieldNames NONE = new FieldNames(List.of());

  private final List<String> names;
  private final List<List<String>> byLength;

  private FieldNames(List<String> names) {
    this.names = names;
    List<List<String>> lengths = new ArrayList<>();
    for (String name : names) {
      while (lengths.size() <= name.length()) {
        lengths.add(List.of());
      }
      List<String> same = new ArrayList<>(lengths.get(name.length()));
      same.add(name);
      lengths.set(name.length(), List.copyOf(same));
    }
    this.byLength = List.copyOf(lengths);
  }

  /**
   * Some names.
   *
   * @param names of which one that differs from an earlier one by its case only is left out
   * @return the names
   */
  public static FieldNames of(Collection<String> names) {
    if (names instanceof FieldNames known) {
      return known;
    }
    FieldNames some = NONE;
    for (String name : names) {
      some = some.and(name);
    }
    return some;
  }

  /**
   * Whether a text can be the name of a field, which is a token (RFC 9110 section 5.1).
   *
   * @param text the text
   * @return false too for one of more than 64 characters
   */
  public static boolean isName(String text) {
    return text.length() <= LONGEST && Grammar.isToken(text);
  }

  /**
   * None.
   *
   * @return no names
   */
  public static FieldNames none() {
    return NONE;
  }

  /**
   * These and another one.
   *
   * @param name a name
   * @return the names
   */
  public FieldNames and(String name) {
    if (contains(name)) {
      return this;
    }
    List<String> more = new ArrayList<>(names);
    more.add(name);
    return new FieldNames(List.copyOf(more));
  }

  /**
   * The names of one length, for who has a name that is no text yet.
   *
   * @param length in characters, not negative
   * @return mostly none
   */
  public List<String> ofLength(int length) {
    return length < byLength.size() ? byLength.get(length) : List.of();
  }

  @Override
  public boolean contains(Object name) {
    if (name instanceof String text) {
      for (String one : ofLength(text.length())) {
        if (one.equalsIgnoreCase(text)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public Iterator<String> iterator() {
    return names.iterator();
  }

  @Override
  public int size() {
    return names.size();
  }
}
