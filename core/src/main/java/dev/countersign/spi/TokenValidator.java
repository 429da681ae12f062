package dev.countersign.spi;

import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.ResourceIdentifier;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Judges a presented token: signature or introspection, issuer, audience, life, binding. Scope is
 * not its business.
 *
 * <p>A bad token is a {@link Decision.Denied}, an authorization server out of reach is a {@link
 * Decision.Undecided}; an exception is a bug, and is answered as undecided. Implementations must be
 * thread-safe, and must bound the time for which they block.
 */
@FunctionalInterface
public interface TokenValidator extends AutoCloseable {

  /**
   * Judges a token for one resource.
   *
   * @param token what was presented
   * @param resource the resource that is asked for; it must be among the audiences of the token
   * @return granted, denied or undecided
   */
  Decision validate(BearerToken token, ResourceIdentifier resource);

  /**
   * Judges a token for one resource, and may bound how much work one source of requests makes. The
   * engine calls this method; the default does not ask for the source.
   *
   * @param token what was presented
   * @param resource the resource that is asked for
   * @param source tells where the request comes from: equal texts share a limit; an empty text if
   *     nobody can tell
   * @return granted, denied or undecided; which of the last two must not depend on the source
   *     otherwise than by a limit
   */
  default Decision validate(
      BearerToken token, ResourceIdentifier resource, Supplier<String> source) {
    return validate(token, resource);
  }

  /**
   * What is known about a token without asking anybody, for event loops: never blocks, and costs
   * next to nothing.
   *
   * @param token what was presented
   * @param resource the resource that is asked for
   * @return what {@link #validate} would say now; empty, as from the default, if that is not known
   */
  default Optional<Decision> known(BearerToken token, ResourceIdentifier resource) {
    return Optional.empty();
  }

  /** Ends background work. The default has none. */
  @Override
  default void close() {}
}
