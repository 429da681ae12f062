package dev.countersign.agent.adapter.webflux;

import dev.countersign.agent.runtime.Principals;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;

/** Requests of servlets, for applications that have them. */
final class ServletRequests {

  private ServletRequests() {}

  // The user of a request without a token, if it has one, is not the agent's to show.
  static Optional<Caller> caller(Object request) {
    return request instanceof HttpServletRequest received
            && received.getAttribute(Principals.ATTRIBUTE) instanceof Map<?, ?> claims
        ? Optional.ofNullable(received.getUserPrincipal()).map(user -> new Caller(claims, user))
        : Optional.empty();
  }
}
