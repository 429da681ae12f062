package dev.countersign.agent.adapter.ktor;

import dev.countersign.agent.adapter.netty.NettyConnection;
import io.ktor.server.engine.BaseApplicationCall;
import io.ktor.server.netty.NettyApplicationCall;
import io.ktor.server.netty.http2.NettyHttp2ApplicationRequest;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** What only a call on Netty has. Not to be loaded where Netty is not. */
final class NettyCall {

  private NettyCall() {}

  /** The authority of a request of HTTP/2, which Ktor does not show as a field. */
  static Optional<String> authority(BaseApplicationCall call) {
    return call.getRequest() instanceof NettyHttp2ApplicationRequest request
        ? Optional.ofNullable(request.getNettyHeaders().authority()).map(CharSequence::toString)
        : Optional.empty();
  }

  /** The certificate of the client in the TLS connection of a call. */
  static Optional<X509Certificate> clientCertificate(BaseApplicationCall call) {
    return call instanceof NettyApplicationCall netty
        ? new NettyConnection(netty.getContext().channel()).clientCertificate()
        : Optional.empty();
  }

  /** Closes the connection of a call, or with HTTP/2 its stream. */
  static void close(BaseApplicationCall call) {
    if (call instanceof NettyApplicationCall netty) {
      netty.getContext().channel().close();
    }
  }
}
