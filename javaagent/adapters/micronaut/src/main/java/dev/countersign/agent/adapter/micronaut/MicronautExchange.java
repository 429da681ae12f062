package dev.countersign.agent.adapter.micronaut;

import dev.countersign.agent.adapter.netty.BodyReader;
import dev.countersign.agent.adapter.netty.FilteredResponse;
import dev.countersign.agent.adapter.netty.HiddenFields;
import dev.countersign.agent.adapter.netty.NettyConnection;
import dev.countersign.agent.runtime.DeferredExchange;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.spi.ArrivingBody;
import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import io.micronaut.buffer.netty.NettyByteBufferFactory;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.stream.AvailableByteArrayBody;
import io.micronaut.http.server.netty.handler.OutboundAccess;
import io.micronaut.http.server.netty.handler.RequestHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An exchange of Micronaut. What the engine says is kept until the event loop does it with {@link
 * #proceed}, {@link #answer} or {@link #abort}.
 */
final class MicronautExchange extends DeferredExchange {

  private final ChannelHandlerContext context;
  private final HttpRequest request;
  private final CloseableByteBody body;
  private final NettyConnection connection;

  MicronautExchange(ChannelHandlerContext context, HttpRequest request, CloseableByteBody body) {
    super(request.uri());
    this.context = context;
    this.request = request;
    this.body = body;
    this.connection = new NettyConnection(context.channel());
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public List<String> headers(String name) {
    return request.headers().getAll(name);
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    return connection.clientCertificate();
  }

  @Override
  public Optional<InetAddress> peer() {
    return connection.peer();
  }

  @Override
  public Optional<ReplayableBody> body() {
    ArrivingBody arriving = this::gather;
    return Optional.of(arriving);
  }

  // Micronaut keeps for one half of a body what the other one has had.
  private CompletableFuture<byte[]> gather(int limit, BodyAllowance allowance) {
    BodyReader reader = new BodyReader(limit, allowance);
    context
        .executor()
        .execute(
            () -> body.split(SplitBackpressureMode.NEW).toByteArrayPublisher().subscribe(reader));
    return reader.whole();
  }

  /** What the application attaches to its response, with what is to be done at the end of that. */
  Object leased(Object attachment) {
    return lease() == Lease.NONE ? attachment : new Leased(attachment, lease());
  }

  /**
   * Says how the response ends from outside: with its connection, or the stream of it in HTTP/2.
   *
   * @return what is to be closed with the connection at the latest
   */
  Lease ending(OutboundAccess outbound) {
    ChannelHandlerContext http2 = http2();
    if (http2 == null) {
      lease().onEnd(context::close);
    } else {
      StreamReset.of(http2, outbound).ifPresent(lease()::onEnd);
    }
    return lease();
  }

  // With HTTP/2 a body leaves in frames, past every handler.
  @Override
  public boolean filtersBodies() {
    return http2() == null && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
  }

  private @Nullable ChannelHandlerContext http2() {
    return context.pipeline().context(Http2ConnectionHandler.class);
  }

  /** Has the body of a response go through its filter; nobody but the server has it now. */
  void filter(HttpResponse response) {
    admission()
        .bodyFilter()
        .ifPresent(
            filter ->
                FilteredResponse.into(
                    context.pipeline(), context.name(), filter, response.headers()));
  }

  /** The application takes over. */
  void proceed(Engine engine, RequestHandler handler, OutboundAccess outbound) {
    HiddenFields.hide(request.headers(), admission().hidden());
    // The server would encode the body in front of the filter, not behind it.
    admission().bodyFilter().ifPresent(filter -> request.headers().remove("Accept-Encoding"));
    OutboundAccess out = MendedOutbound.of(outbound, engine, this, admission().fields());
    Runnable application = () -> handler.accept(context, request, body, out);
    token()
        .ifPresentOrElse(
            token -> new Admitted(request, token).around(context.channel(), application),
            application);
  }

  /** Writes what the engine has answered. */
  void answer(OutboundAccess outbound) {
    Response refusal = answer();
    body.close();
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(refusal.status()));
    for (FieldLine field : refusal.fields()) {
      response.headers().add(field.name(), field.value());
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      outbound.writeHeadResponse(response);
    } else {
      byte[] bytes = refusal.body().getBytes(StandardCharsets.UTF_8);
      outbound.write(
          response, AvailableByteArrayBody.create(NettyByteBufferFactory.DEFAULT, bytes));
    }
  }

  /** Neither: ends the connection. */
  void abort() {
    body.close();
    context.close();
  }
}
