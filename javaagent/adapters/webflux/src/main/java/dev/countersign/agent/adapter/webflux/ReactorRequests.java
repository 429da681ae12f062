package dev.countersign.agent.adapter.webflux;

import dev.countersign.agent.adapter.reactor.ReactorExchange;
import dev.countersign.agent.runtime.DeferredExchange;
import dev.countersign.agent.runtime.TokenPrincipal;
import java.util.Optional;
import reactor.netty.http.server.HttpServerRequest;

/** Requests of Reactor Netty, for applications that have it. */
final class ReactorRequests {

  private ReactorRequests() {}

  static Optional<Caller> caller(Object request) {
    return request instanceof HttpServerRequest received
        ? ReactorExchange.of(received)
            .flatMap(DeferredExchange::token)
            .map(token -> new Caller(token.claims(), new TokenPrincipal(token)))
        : Optional.empty();
  }
}
