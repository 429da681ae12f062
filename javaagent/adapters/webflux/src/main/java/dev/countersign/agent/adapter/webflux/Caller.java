package dev.countersign.agent.adapter.webflux;

import dev.countersign.agent.runtime.Principals;
import java.security.Principal;
import java.util.Map;

/**
 * Who has sent a request.
 *
 * @param claims of the access token
 * @param user the user, as the server knows one
 */
record Caller(Map<?, ?> claims, Principal user) {

  /** Shows it to an application, as attributes of the exchange. */
  void mark(Map<String, Object> attributes) {
    attributes.put(Principals.ATTRIBUTE, claims);
    attributes.put(Principals.USER, user);
  }
}
