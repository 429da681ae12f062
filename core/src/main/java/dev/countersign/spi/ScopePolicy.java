package dev.countersign.spi;

import dev.countersign.oauth.AccessToken;
import java.util.List;

/**
 * What an application has to say about an operation that the rules permit: that a user owns what
 * the call is about, for instance, which no scope can tell. It can refuse what the rules permit,
 * never permit what they refuse.
 *
 * <p>Must be thread-safe, and quick: it runs on the thread of the request. If it throws, or returns
 * null, the request is answered 503.
 */
@FunctionalInterface
public interface ScopePolicy {

  /**
   * Judges an operation.
   *
   * @param token the access token, which was found good
   * @param calls the JSON-RPC messages of the body; more than one for a batch of protocol revision
   *     2025-03-26, none for a request without a body
   * @return permitted; lacking, where a token with what is named must then be permitted, as clients
   *     come back with such a token; or forbidden
   */
  Verdict judge(AccessToken token, List<JsonRpcCall> calls);
}
