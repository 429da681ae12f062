package dev.countersign.agent.adapter.reactor;

import dev.countersign.agent.adapter.netty.NettyConnection;
import dev.countersign.agent.runtime.Principals;
import dev.countersign.agent.runtime.RequestTarget;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An exchange of Reactor Netty. What the engine says is kept until the event loop asks for its
 * {@linkplain #outcome outcome}.
 */
final class ReactorExchange implements Exchange {

  // A channel has many requests, one after the other: the one that was answered last.
  private static final AttributeKey<ChannelOperations<?, ?>> ANSWERED =
      AttributeKey.valueOf("dev.countersign.answered");

  // In the same way, the one that was admitted with a token last.
  private static final AttributeKey<ChannelOperations<?, ?>> IDENTIFIED =
      AttributeKey.valueOf("dev.countersign.identified");

  private static final AttributeKey<Held> LEASE = AttributeKey.valueOf("dev.countersign.lease");

  private record Held(ChannelOperations<?, ?> by, Lease lease) {}

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final ChannelOperations<?, ?> operations;
  private final NettyConnection connection;
  private final RequestTarget target;
  private volatile boolean bodyRead;
  private volatile @Nullable Admission admission;
  private volatile @Nullable Response answer;

  ReactorExchange(HttpServerRequest request, HttpServerResponse response) {
    this.request = request;
    this.response = response;
    this.operations = (ChannelOperations<?, ?>) request;
    this.connection = new NettyConnection(operations.channel());
    this.target = RequestTarget.of(request.uri());
  }

  Channel channel() {
    return operations.channel();
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
    return Optional.of(this::read);
  }

  private byte[] read(int limit) throws IOException {
    bodyRead = true;
    return Replay.read(operations, limit);
  }

  @Override
  public boolean hasHiddenCredentials() {
    return operations.channel().attr(IDENTIFIED).get() == operations;
  }

  @Override
  public void send(Response response) {
    this.answer = response;
  }

  // Another object of this class reads it, when the response begins.
  @Override
  public Lease lease() {
    Held held = operations.channel().attr(LEASE).get();
    return held != null && held.by == operations ? held.lease : Lease.NONE;
  }

  @Override
  public void accept(Admission admission) {
    this.admission = admission;
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
    Admission accepted = admission;
    Response refusal = answer;
    if (admitted && accepted != null) {
      accepted.fields().forEach(this::write);
      accepted.hidden().forEach(request.requestHeaders()::remove);
      if (accepted.accessToken().isPresent()) {
        operations.channel().attr(IDENTIFIED).set(operations);
      }
      Publisher<Void> result = leased(accepted.lease(), handler);
      return as(accepted.accessToken(), bodyRead ? forgetting(result) : result);
    }
    if (!admitted && refusal != null) {
      return answer(refusal);
    }
    throw new IllegalStateException("the exchange was neither answered nor admitted");
  }

  // The channel is the connection, or the stream of it with HTTP/2. The event loop may be gone.
  private Publisher<Void> leased(
      Lease lease, BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {
    Channel channel = operations.channel();
    channel.attr(LEASE).set(new Held(operations, lease));
    if (lease == Lease.NONE) {
      return handler.apply(request, response);
    }
    lease.onEnd(channel::close);
    return Mono.fromDirect(handler.apply(request, response)).doFinally(end -> lease.close());
  }

  private Publisher<Void> forgetting(Publisher<Void> result) {
    return Mono.fromDirect(result).doFinally(end -> Replay.forget(operations.channel()));
  }

  private static Publisher<Void> as(Optional<AccessToken> token, Publisher<Void> result) {
    return token.isEmpty()
        ? result
        : Mono.fromDirect(result)
            .contextWrite(context -> context.put(Principals.ATTRIBUTE, token.get().claims()));
  }

  /** Whether the response is the engine's own. */
  boolean isAnswered() {
    return operations.channel().attr(ANSWERED).get() == operations;
  }

  private Publisher<Void> answer(Response refusal) {
    operations.channel().attr(ANSWERED).set(operations);
    response.status(refusal.status());
    refusal.fields().forEach(this::write);
    byte[] body = refusal.body().getBytes(StandardCharsets.UTF_8);
    return body.length == 0 ? response.send() : response.sendByteArray(Mono.just(body));
  }

  private void write(FieldLine field) {
    response.addHeader(field.name(), field.value());
  }
}
