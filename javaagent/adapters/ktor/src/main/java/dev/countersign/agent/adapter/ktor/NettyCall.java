package dev.countersign.agent.adapter.ktor;

import dev.countersign.agent.adapter.netty.FilteredResponse;
import dev.countersign.agent.adapter.netty.NettyConnection;
import dev.countersign.spi.BodyFilter;
import io.ktor.server.engine.BaseApplicationCall;
import io.ktor.server.netty.NettyApplicationCall;
import io.ktor.server.netty.http1.NettyHttp1ApplicationCall;
import io.ktor.server.netty.http2.NettyHttp2ApplicationRequest;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaders;
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

  /** Whether the response of a call is made of Netty's objects for HTTP/1.1. */
  static boolean isHttp11(BaseApplicationCall call) {
    return call instanceof NettyHttp1ApplicationCall
        && call.getRequest().getLocal().getVersion().equals("HTTP/1.1");
  }

  /** Has the body of a response go through a filter, whose fields nobody changes any more. */
  static void filter(BaseApplicationCall call, BodyFilter filter, Object fields) {
    ChannelHandlerContext server = ((NettyApplicationCall) call).getContext();
    FilteredResponse.into(server.pipeline(), server.name(), filter, (HttpHeaders) fields);
  }

  /** Closes the connection of a call, or with HTTP/2 its stream. */
  static void close(BaseApplicationCall call) {
    if (call instanceof NettyApplicationCall netty) {
      netty.getContext().channel().close();
    }
  }
}
