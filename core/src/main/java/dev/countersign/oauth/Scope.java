package dev.countersign.oauth;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A set of scope-tokens (RFC 6749 section 3.3), kept in the order in which they were given, so that
 * the same need is always written the same way. Two scopes with the same tokens are equal.
 * Immutable.
 */
public final class Scope {

  /** No scope-token at all. */
  public static final Scope NONE = new Scope(new LinkedHashSet<>());

  private final Set<String> tokens;
  private final String text;

  private Scope(Set<String> tokens) {
    this.tokens = Collections.unmodifiableSet(tokens);
    this.text = String.join(" ", tokens);
  }

  /**
   * The scope of these tokens.
   *
   * @param tokens the scope-tokens; a repeated one counts once
   * @return the scope
   * @throws IllegalArgumentException if one is empty or has a character that a scope-token cannot
   *     have
   */
  public static Scope of(Collection<String> tokens) {
    Set<String> checked = new LinkedHashSet<>();
    for (String token : tokens) {
      if (!isScopeToken(token)) {
        throw new IllegalArgumentException(
            "expected a scope-token: visible ASCII without quote and backslash (RFC 6749 section 3.3)");
      }
      checked.add(token);
    }
    return checked.isEmpty() ? NONE : new Scope(checked);
  }

  /**
   * The scope of these tokens.
   *
   * @param tokens the scope-tokens
   * @return the scope
   * @throws IllegalArgumentException as {@link #of(Collection)}
   */
  public static Scope of(String... tokens) {
    return of(List.of(tokens));
  }

  /**
   * Reads a scope as it stands in a claim or a parameter: scope-tokens with spaces between them.
   * Only %x20 separates.
   *
   * @param text the text; empty gives {@link #NONE}
   * @return the scope
   * @throws IllegalArgumentException if there is a character that a scope-token cannot have
   */
  public static Scope parse(String text) {
    Set<String> parts = new LinkedHashSet<>(List.of(text.split(" ")));
    parts.remove("");
    return of(parts);
  }

  // scope-token = 1*( %x21 / %x23-5B / %x5D-7E )
  private static boolean isScopeToken(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c >= 0x21 && c <= 0x7E && c != '"' && c != '\\');
  }

  /**
   * The scope-tokens.
   *
   * @return an unmodifiable set in the order given
   */
  public Set<String> tokens() {
    return tokens;
  }

  /**
   * Whether there is no scope-token.
   *
   * @return true for {@link #NONE}
   */
  public boolean isEmpty() {
    return tokens.isEmpty();
  }

  /**
   * Whether every token of the other scope is in this one. The empty scope is covered by every
   * scope.
   *
   * @param needed what is asked for
   * @return true if nothing is missing
   */
  public boolean covers(Scope needed) {
    return tokens.containsAll(needed.tokens);
  }

  /**
   * The tokens of both, this one's first.
   *
   * @param other the scope to add
   * @return the union
   */
  public Scope and(Scope other) {
    if (covers(other)) {
      return this;
    }
    Set<String> both = new LinkedHashSet<>(tokens);
    both.addAll(other.tokens);
    return new Scope(both);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scope scope && tokens.equals(scope.tokens);
  }

  @Override
  public int hashCode() {
    return tokens.hashCode();
  }

  /**
   * The scope as it is written on the wire.
   *
   * @return the tokens with one space between them
   */
  @Override
  public String toString() {
    return text;
  }
}
