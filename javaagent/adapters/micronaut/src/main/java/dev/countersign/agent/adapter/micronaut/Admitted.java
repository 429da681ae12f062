package dev.countersign.agent.adapter.micronaut;

import dev.countersign.agent.runtime.Principals;
import dev.countersign.agent.runtime.TokenPrincipal;
import dev.countersign.oauth.AccessToken;
import io.micronaut.http.HttpAttributes;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AttributeKey;
import java.util.Optional;

/**
 * The request that is being handed to the application, at its channel: only while it is, because a
 * channel has many. Immutable.
 *
 * @param request the request of Netty
 * @param token with which it was admitted
 */
record Admitted(HttpRequest request, AccessToken token) {

  private static final AttributeKey<Admitted> KEY =
      AttributeKey.valueOf("dev.countersign.admitted");

  /** Hands a request on. */
  void around(Channel channel, Runnable application) {
    channel.attr(KEY).set(this);
    try {
      application.run();
    } finally {
      channel.attr(KEY).set(null);
    }
  }

  /** The admission of this very request, and of no other on the connection. */
  static Optional<Admitted> of(Channel channel, HttpRequest request) {
    return Optional.ofNullable(channel.attr(KEY).get())
        .filter(admitted -> admitted.request == request);
  }

  /** Puts the user and the claims where an application looks for them. */
  void mark(NettyHttpRequest<?> made) {
    made.setAttribute(HttpAttributes.PRINCIPAL, new TokenPrincipal(token));
    made.setAttribute(Principals.ATTRIBUTE, token.claims());
  }
}
