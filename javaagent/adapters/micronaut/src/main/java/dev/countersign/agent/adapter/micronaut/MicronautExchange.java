package dev.countersign.agent.adapter.micronaut;

import dev.countersign.agent.adapter.netty.BodyReader;
import dev.countersign.agent.adapter.netty.NettyConnection;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.IncomingBody;
import dev.countersign.agent.runtime.RequestTarget;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
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
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exchange of Micronaut. What the engine says is kept until the event loop does it with {@link
 * #proceed}, {@link #answer} or {@link #abort}.
 */
final class MicronautExchange implements Exchange {

  private final ChannelHandlerContext context;
  private final HttpRequest request;
  private final CloseableByteBody body;
  private final NettyConnection connection;
  private final RequestTarget target;
  private volatile @Nullable Admission admission;
  private volatile @Nullable Response answer;

  MicronautExchange(ChannelHandlerContext context, HttpRequest request, CloseableByteBody body) {
    this.context = context;
    this.request = request;
    this.body = body;
    this.connection = new NettyConnection(context.channel());
    this.target = RequestTarget.of(request.uri());
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String path() {
    return target.path();
  }

  @Override
  public String query() {
    return target.query();
  }

  @Override
  public Optional<String> authority() {
    return target.authority();
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
    return Optional.of(this::read);
  }

  // Micronaut keeps for one half of a body what the other one has had.
  private byte[] read(int limit) throws IOException {
    IncomingBody incoming = new IncomingBody(limit);
    context
        .executor()
        .execute(
            () ->
                BodyReader.read(
                    body.split(SplitBackpressureMode.NEW).toByteArrayPublisher(), incoming));
    return incoming.await();
  }

  @Override
  public boolean hasHiddenCredentials() {
    Admission accepted = admission;
    return accepted != null && accepted.accessToken().isPresent();
  }

  @Override
  public void send(Response response) {
    this.answer = response;
  }

  @Override
  public Lease lease() {
    Admission accepted = admission;
    return accepted == null ? Lease.NONE : accepted.lease();
  }

  @Override
  public void accept(Admission admission) {
    this.admission = admission;
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
    ChannelHandlerContext http2 = context.pipeline().context(Http2ConnectionHandler.class);
    if (http2 == null) {
      lease().onEnd(context::close);
    } else {
      StreamReset.of(http2, outbound).ifPresent(lease()::onEnd);
    }
    return lease();
  }

  /** The application takes over. */
  void proceed(Engine engine, RequestHandler handler, OutboundAccess outbound) {
    Admission accepted = Objects.requireNonNull(admission);
    accepted.hidden().forEach(request.headers()::remove);
    OutboundAccess out = MendedOutbound.of(outbound, engine, this, accepted.fields());
    Runnable application = () -> handler.accept(context, request, body, out);
    accepted
        .accessToken()
        .ifPresentOrElse(
            token -> new Admitted(request, token).around(context.channel(), application),
            application);
  }

  /** Writes what the engine has answered. */
  void answer(OutboundAccess outbound) {
    Response refusal = Objects.requireNonNull(answer);
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
