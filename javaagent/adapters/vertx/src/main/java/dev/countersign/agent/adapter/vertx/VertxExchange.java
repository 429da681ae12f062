package dev.countersign.agent.adapter.vertx;

import dev.countersign.agent.adapter.netty.FilteredResponse;
import dev.countersign.agent.runtime.DeferredExchange;
import dev.countersign.agent.runtime.Principals;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.spi.AddressLiteral;
import dev.countersign.spi.ArrivingBody;
import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * An exchange over a request of Vert.x that is paused. What changes the request is done on its
 * context.
 */
final class VertxExchange extends DeferredExchange {

  // What Vert.x calls the handler of a connection.
  private static final String CONNECTION = "handler";

  private final HttpServerRequest request;
  private final Context context;
  private final Internals internals;
  private volatile @Nullable ReplayedBody body;

  VertxExchange(HttpServerRequest request, Context context, Internals internals) {
    super(target(request));
    this.request = request;
    this.context = context;
    this.internals = internals;
  }

  // CONNECT has none in HTTP/2 (RFC 9113 section 8.5).
  private static String target(HttpServerRequest request) {
    return request.uri() == null ? "" : request.uri();
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
    SSLSession session = request.connection().sslSession();
    try {
      return session != null && session.getPeerCertificates()[0] instanceof X509Certificate own
          ? Optional.of(own)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<InetAddress> peer() {
    SocketAddress peer = request.connection().remoteAddress();
    return peer == null || peer.hostAddress() == null
        ? Optional.empty()
        : AddressLiteral.parse(peer.hostAddress());
  }

  @Override
  public Optional<ReplayableBody> body() {
    ArrivingBody arriving = this::gather;
    return internals.isReplayable(request) ? Optional.of(arriving) : Optional.empty();
  }

  private CompletableFuture<byte[]> gather(int limit, BodyAllowance allowance) {
    CompletableFuture<byte[]> read = new CompletableFuture<>();
    ReplayedBody reading = new ReplayedBody(request, context);
    body = reading;
    context.runOnContext(
        go -> {
          if (request.headers().contains(HttpHeaders.EXPECT)) {
            internals.writeContinue(request.response());
          }
          reading.read(limit, allowance, read);
        });
    return read;
  }

  @Override
  public void send(Response answer) {
    context.runOnContext(go -> write(answer));
  }

  private void write(Response answer) {
    ReplayedBody read = body;
    if (read != null) {
      read.forget();
    }
    HttpServerResponse response = request.response().setStatusCode(answer.status());
    answer.fields().forEach(this::add);
    if (answer.body().isEmpty() || method().equals("HEAD")) {
      response.end();
    } else {
      response.end(Buffer.buffer(answer.body()));
    }
    // What the client still sends is dropped, so that the connection can go on.
    request.resume();
  }

  /** Says how the response ends from outside: with its connection, or its stream in HTTP/2. */
  void end(HttpServerResponse response) {
    Lease lease = lease();
    if (lease != Lease.NONE) {
      response.endHandler(new Ending(lease, null));
      lease.onEnd(() -> context.runOnContext(go -> abort(response)));
    }
  }

  // In 5, a connection of HTTP/1.1 that is asked to close waits for its responses.
  private void abort(HttpServerResponse response) {
    boolean isHttp1 = request.version().compareTo(HttpVersion.HTTP_1_1) <= 0;
    if (isHttp1 && request.connection() instanceof ConnectionBase connection) {
      connection.channel().close();
    } else {
      internals.reset(response);
    }
  }

  // In the other protocols a response is not made of Netty's objects.
  @Override
  public boolean filtersBodies() {
    return request.version() == HttpVersion.HTTP_1_1
        && request.connection() instanceof ConnectionBase
        && request.response().headers() instanceof io.netty.handler.codec.http.HttpHeaders;
  }

  // A response before this one may still wait for its turn.
  private void filter(BodyFilter filter) {
    MultiMap fields = request.response().headers();
    FilteredResponse.into(
        ((ConnectionBase) request.connection()).channel().pipeline(),
        CONNECTION,
        filter,
        head -> head.headers() == fields);
  }

  /** The request as the application gets it, on its context. */
  HttpServerRequest admitted() {
    admission().bodyFilter().ifPresent(this::filter);
    admission().fields().forEach(this::add);
    admission().hidden().forEach(request.headers()::remove);
    token().ifPresent(token -> internals.data(context).put(Principals.ATTRIBUTE, token.claims()));
    ReplayedBody read = body;
    if (read == null) {
      return request.resume();
    }
    read.start();
    return internals.replaying(request, read);
  }

  private void add(FieldLine field) {
    request.response().headers().add(field.name(), field.value());
  }
}
