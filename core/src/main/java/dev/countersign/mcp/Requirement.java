package dev.countersign.mcp;

import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rule demands of an access token, beyond what every token of the resource must have.
 * Immutable.
 *
 * @param alternatives the scopes any one of which is enough, the preferred one first; none if no
 *     scope is needed
 * @param login how the user must have logged in
 * @param denied whether no token is enough; then nothing else is demanded
 */
public record Requirement(List<Scope> alternatives, AuthenticationStrength login, boolean denied) {

  /** Nothing more is demanded: {@code none} in the text of a setting. */
  public static final Requirement NOTHING =
      new Requirement(List.of(), AuthenticationStrength.ANY, false);

  /** No token is enough: {@code deny} in the text of a setting. */
  public static final Requirement DENIED =
      new Requirement(List.of(), AuthenticationStrength.ANY, true);

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if an alternative is empty, or something is demanded of a
   *     token that is not enough anyway
   */
  public Requirement {
    alternatives = List.copyOf(alternatives);
    // No alternative is equal to it but an empty one.
    if (alternatives.contains(Scope.NONE)) {
      throw new IllegalArgumentException("expected a scope-token on both sides of |");
    }
    if (denied && !(alternatives.isEmpty() && login.isAny())) {
      throw new IllegalArgumentException("deny stands alone: no scope and no login would help");
    }
  }

  /**
   * All of these scopes are needed.
   *
   * @param tokens the scope-tokens
   * @return the requirement
   * @throws IllegalArgumentException as {@link Scope#of(String...)}
   */
  public static Requirement allOf(String... tokens) {
    Scope scope = Scope.of(tokens);
    return scope.isEmpty() ? NOTHING : NOTHING.or(scope);
  }

  /**
   * Reads a requirement: scope-tokens with spaces between them, all of which are needed, or several
   * such lists with {@code |} between them, one of which is needed; {@code none}, or {@code deny}.
   *
   * <pre>
   * requirement = "none" / "deny" / all-of *( " | " all-of )
   * all-of      = scope-token *( " " scope-token )
   * </pre>
   *
   * @param text the text, with a space on both sides of each bar
   * @return the requirement
   * @throws IllegalArgumentException if the text is none
   */
  public static Requirement parse(String text) {
    if (text.equals("none")) {
      return NOTHING;
    }
    if (text.equals("deny")) {
      return DENIED;
    }
    List<Scope> alternatives = new ArrayList<>();
    for (String one : (" " + text + " ").split(" \\|(?= )", -1)) {
      alternatives.add(alternative(one));
    }
    return new Requirement(alternatives, AuthenticationStrength.ANY, false);
  }

  private static Scope alternative(String text) {
    Scope scope = Scope.parse(text);
    for (String token : scope.tokens()) {
      if (token.equals("none") || token.equals("deny")) {
        throw new IllegalArgumentException(token + " stands alone and is no scope here");
      }
    }
    return scope;
  }

  /**
   * The same with one more alternative, or with the first.
   *
   * @param alternative a scope that is enough, too
   * @return the requirement
   */
  public Requirement or(Scope alternative) {
    List<Scope> more = new ArrayList<>(alternatives);
    more.add(alternative);
    return new Requirement(more, login, denied);
  }

  /**
   * The same with another demand on the login.
   *
   * @param demand how the user must have logged in
   * @return the requirement
   */
  public Requirement with(AuthenticationStrength demand) {
    return new Requirement(alternatives, demand, denied);
  }

  /**
   * The alternative that a token comes closest to: the one with the fewest scope-tokens that it
   * lacks, the first of several such.
   *
   * @param held what the token has, with all that it implies
   * @return the alternative, which the token covers if it covers any
   */
  Scope closest(Scope held) {
    Scope closest = Scope.NONE;
    int fewest = Integer.MAX_VALUE;
    for (Scope one : alternatives) {
      int lacking = 0;
      for (String token : one.tokens()) {
        lacking += held.tokens().contains(token) ? 0 : 1;
      }
      if (lacking < fewest) {
        fewest = lacking;
        closest = one;
      }
    }
    return closest;
  }

  /**
   * The requirement as a setting writes its scopes.
   *
   * @return what {@link #parse} reads
   */
  @Override
  public String toString() {
    if (denied || alternatives.isEmpty()) {
      return denied ? "deny" : "none";
    }
    return String.join(" | ", alternatives.stream().map(Scope::toString).toList());
  }
}
