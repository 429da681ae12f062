package dev.countersign.oauth;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set of scope-tokens (RFC 6749 section 3.3), kept in the order in which they were given, so that
 * the same need is always written the same way. Two scopes with the same tokens are equal.
 * Immutable.
 */
public final class Scope {

  /** No scope-token at all. */
  public static final Scope NONE = new Scope(new LinkedHashSet<>());

  private final Set<String> tokens;

  // Written when it is first asked for, as nobody asks for the scope of most tokens. Whichever
  // thread writes it, it is the same text.
  private @Nullable String text;

  private Scope(Set<String> tokens) {
    this.tokens = Collections.unmodifiableSet(tokens);
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
      checked.add(checked(token));
    }
    return checked.isEmpty() ? NONE : new Scope(checked);
  }

  private static String checked(String token) {
    if (!isScopeToken(token)) {
      throw new IllegalArgumentException(
          "expected a scope-token: visible ASCII without quote and backslash (RFC 6749 section"
              + " 3.3)");
    }
    return token;
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
    Set<String> tokens = new LinkedHashSet<>();
    for (int start = 0, end; start < text.length(); start = end + 1) {
      int space = text.indexOf(' ', start);
      end = space < 0 ? text.length() : space;
      if (end > start) {
        tokens.add(checked(text.substring(start, end)));
      }
    }
    return tokens.isEmpty() ? NONE : new Scope(tokens);
  }

  // scope-token = 1*( %x21 / %x23-5B / %x5D-7E )
  private static boolean isScopeToken(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c < 0x21 || c > 0x7E || c == '"' || c == '\\') {
        return false;
      }
    }
    return !text.isEmpty();
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
    return needed.isEmpty() || tokens.containsAll(needed.tokens);
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
    if (isEmpty()) {
      return other;
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
    String written = text;
    if (written == null) {
      written = String.join(" ", tokens);
      text = written;
    }
    return written;
  }
}
