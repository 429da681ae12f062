package dev.countersign.agent.adapter.reactor;

import dev.countersign.agent.adapter.netty.FilteredResponse;
import dev.countersign.agent.adapter.netty.HiddenFields;
import dev.countersign.agent.adapter.netty.NettyConnection;
import dev.countersign.agent.runtime.DeferredExchange;
import dev.countersign.agent.runtime.Principals;
import dev.countersign.agent.runtime.TokenPrincipal;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.ArrivingBody;
import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An exchange of Reactor Netty, kept at its channel. What the engine says is kept until the event
 * loop asks for its {@linkplain #outcome outcome}.
 */
public final class ReactorExchange extends DeferredExchange {

  // A channel has many requests, one after the other: the last one that was judged.
  private static final AttributeKey<ReactorExchange> KEY =
      AttributeKey.valueOf("dev.countersign.exchange");

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final ChannelOperations<?, ?> operations;
  private final NettyConnection connection;
  private volatile boolean bodyRead;

  ReactorExchange(HttpServerRequest request, HttpServerResponse response) {
    super(request.uri());
    this.request = request;
    this.response = response;
    this.operations = (ChannelOperations<?, ?>) request;
    this.connection = new NettyConnection(operations.channel());
  }

  /** Keeps it for whoever has the same request. */
  void keep() {
    channel().attr(KEY).set(this);
  }

  /**
   * The exchange of a request that was judged.
   *
   * @param request a request
   * @return empty if this very request was not judged, or another one has come after it
   */
  public static Optional<ReactorExchange> of(HttpServerRequest request) {
    // Whoever has loaded this class has put it there, unless another loader has it as well.
    Object last =
        request instanceof ChannelOperations<?, ?> operations
            ? operations.channel().attr(KEY).get()
            : null;
    return last instanceof ReactorExchange exchange && exchange.operations == request
        ? Optional.of(exchange)
        : Optional.empty();
  }

  Channel channel() {
    return operations.channel();
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public List<String> headers(String name) {
    return request.requestHeaders().getAll(name);
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
    ArrivingBody body = this::gather;
    return Optional.of(body);
  }

  private CompletableFuture<byte[]> gather(int limit, BodyAllowance allowance) {
    bodyRead = true;
    return Replay.gather(operations, limit, allowance);
  }

  // In HTTP/1.0 there is no way to say where a stream ends.
  @Override
  public boolean filtersBodies() {
    return !request.version().equals(HttpVersion.HTTP_1_0);
  }

  /**
   * What follows, on the event loop.
   *
   * @param admitted whether the handler is to run
   * @param handler the handler
   * @return what ends the exchange
   */
  Publisher<Void> outcome(
      boolean admitted,
      BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {
    Publisher<Void> result = admitted ? handled(handler) : refusal();
    return bodyRead ? forgetting(result) : result;
  }

  private Publisher<Void> handled(
      BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {
    admission().fields().forEach(this::write);
    HiddenFields.hide(request.requestHeaders(), admission().hidden());
    // The next request of a connection waits for the end of this response.
    admission()
        .bodyFilter()
        .ifPresent(
            filter ->
                FilteredResponse.into(
                    channel().pipeline(), NettyPipeline.ReactiveBridge, filter, head -> true));
    return as(token(), leased(handler));
  }

  // The channel is the connection, or the stream of it with HTTP/2. The event loop may be gone.
  private Publisher<Void> leased(
      BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {
    Lease lease = lease();
    if (lease == Lease.NONE) {
      return handler.apply(request, response);
    }
    lease.onEnd(channel()::close);
    return Mono.fromDirect(handler.apply(request, response)).doFinally(end -> lease.close());
  }

  // The connection may stay idle for long. From 1.3 on a request has lost its channel at the end.
  private Publisher<Void> forgetting(Publisher<Void> result) {
    Channel channel = channel();
    return Mono.fromDirect(result).doFinally(end -> Replay.forget(operations, channel));
  }

  private static Publisher<Void> as(Optional<AccessToken> token, Publisher<Void> result) {
    if (token.isEmpty()) {
      return result;
    }
    AccessToken shown = token.get();
    return Mono.fromDirect(result)
        .contextWrite(
            context ->
                context
                    .put(Principals.ATTRIBUTE, shown.claims())
                    .put(Principal.class, new TokenPrincipal(shown)));
  }

  private Publisher<Void> refusal() {
    Response refusal = answer();
    response.status(refusal.status());
    refusal.fields().forEach(this::write);
    byte[] body = refusal.body().getBytes(StandardCharsets.UTF_8);
    return body.length == 0 ? response.send() : response.sendByteArray(Mono.just(body));
  }

  private void write(FieldLine field) {
    response.addHeader(field.name(), field.value());
  }
}
