package dev.countersign.mcp;

import dev.countersign.oauth.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which scopes a challenge names. What the operation needs always comes first and whole; what is
 * added comes behind it in the order of the configuration, never in that of a token, so that the
 * same need of the same token always gives the same challenge. Immutable.
 *
 * @param strategy how much is added
 * @param groups scopes that are used together, for {@link StepUpStrategy#RELATED}
 * @param known every scope that may be added: a scope of a token that the configuration does not
 *     name is never sent back
 */
public record StepUp(StepUpStrategy strategy, List<Scope> groups, Scope known) {

  /** How many scope-tokens a challenge has at most, unless the operation alone needs more. */
  public static final int MAX_TOKENS = 32;

  /** How long a scope is at most, in characters, unless what the operation needs is longer. */
  public static final int MAX_LENGTH = 1024;

  /** Copies the list. */
  public StepUp {
    groups = List.copyOf(groups);
  }

  /**
   * What a challenge asks for.
   *
   * @param needed what the operation needs
   * @param held what the token has
   * @param revision the revision of the request; empty if that cannot be known
   * @return the needed scope, with more behind it
   */
  public Scope asked(Scope needed, Scope held, Optional<ProtocolRevision> revision) {
    return switch (strategy) {
      case OPERATION -> needed;
      case ACCUMULATE -> withHeld(needed, held);
      case RELATED -> related(needed);
      // A client that adds by itself loses nothing by being told what it has.
      case AUTO ->
          revision.filter(ProtocolRevision::isStateless).isPresent()
              ? needed
              : withHeld(needed, held);
    };
  }

  /**
   * What is needed, and behind it what the token has, whatever the strategy.
   *
   * @param needed what the operation needs
   * @param held what the token has
   * @return the needed scope, with what is known of the other behind it
   */
  public Scope withHeld(Scope needed, Scope held) {
    return capped(needed, known.tokens().stream().filter(held.tokens()::contains).toList());
  }

  private Scope related(Scope needed) {
    return capped(
        needed,
        groups.stream()
            .filter(group -> group.tokens().stream().anyMatch(needed.tokens()::contains))
            .flatMap(group -> group.tokens().stream())
            .toList());
  }

  private static Scope capped(Scope needed, Collection<String> more) {
    Scope all = needed;
    int length = needed.toString().length();
    for (String token : more) {
      boolean isNew = !all.tokens().contains(token);
      if (isNew && all.tokens().size() < MAX_TOKENS && length + 1 + token.length() <= MAX_LENGTH) {
        all = all.and(Scope.of(token));
        length += 1 + token.length();
      }
    }
    return all;
  }
}
