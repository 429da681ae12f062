package dev.countersign.spi;

import dev.countersign.oauth.Scope;
import java.util.List;

/** Says which scope a JSON-RPC body needs beyond what every request needs. Must be thread-safe. */
@FunctionalInterface
public interface ScopePolicy {

  /**
   * The scope that all these calls need together.
   *
   * @param calls the calls of the body; more than one for a batch of protocol revision 2025-03-26
   * @return every scope-token that is needed, in the order in which a challenge names them; the
   *     same calls always give the same scope
   */
  Scope required(List<JsonRpcCall> calls);
}
