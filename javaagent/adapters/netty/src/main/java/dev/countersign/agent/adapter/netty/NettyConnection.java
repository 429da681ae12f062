package dev.countersign.agent.adapter.netty;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The connection that a request has come on; for HTTP/2, the one below its stream. Immutable. */
public final class NettyConnection {

  private final Channel channel;

  /**
   * A connection.
   *
   * @param channel the channel of the request
   */
  public NettyConnection(Channel channel) {
    this.channel = channel;
  }

  /**
   * The other end.
   *
   * @return its address, never one that a field of the request has named
   */
  public Optional<InetAddress> peer() {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? Optional.ofNullable(address.getAddress())
        : Optional.empty();
  }

  /**
   * The certificate of the client in the TLS connection that this server has ended.
   *
   * @return the client's own certificate; empty if there is none
   */
  public Optional<X509Certificate> clientCertificate() {
    SslHandler tls = tls(channel);
    if (tls == null) {
      return Optional.empty();
    }
    try {
      return tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate own
          ? Optional.of(own)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private static @Nullable SslHandler tls(Channel channel) {
    SslHandler own = channel.pipeline().get(SslHandler.class);
    Channel parent = channel.parent();
    // The parent of a connection is the server's own socket, which has no such handler.
    return own != null || parent == null ? own : parent.pipeline().get(SslHandler.class);
  }
}
