package dev.countersign.config;

import dev.countersign.token.OpaqueTokens;
import java.util.Set;

/**
 * Tools for whose calls an authorization server is asked about a JWT that was found good, because
 * it may have been revoked. Immutable.
 *
 * @param tools their exact names
 * @param server the authorization server and how it is asked
 */
public record IntrospectedTools(Set<String> tools, OpaqueTokens server) {

  /** Copies the set. */
  public IntrospectedTools {
    tools = Set.copyOf(tools);
  }
}
