package dev.countersign.agent.adapter.jetty12;

import dev.countersign.agent.runtime.Engine;
import dev.countersign.spi.BodyFilter.Way;
import dev.countersign.spi.FilteredBody;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The way out of every response: here the application's head leaves, whoever wrote it. */
final class MendedStream extends HttpStream.Wrapper {

  private final Engine engine;
  private final JettyExchange exchange;
  private @Nullable MetaDataHead head;
  private boolean isBegun;

  MendedStream(HttpStream stream, Engine engine, JettyExchange exchange) {
    super(stream);
    this.engine = engine;
    this.exchange = exchange;
  }

  @Override
  public void send(
      MetaData.Request request,
      MetaData.@Nullable Response response,
      boolean last,
      ByteBuffer content,
      Callback callback) {
    MetaData.Response mended = mended(response);
    Optional<FilteredBody> filtered = exchange.filtered();
    if (filtered.isEmpty() || exchange.isAnswered() || isInterim(mended)) {
      super.send(request, mended, last, content, callback);
    } else {
      filter(filtered.get(), new Part(request, mended, last, content, callback));
    }
  }

  private record Part(
      MetaData.Request request,
      MetaData.@Nullable Response response,
      boolean last,
      @Nullable ByteBuffer content,
      Callback callback) {

    byte[] octets() {
      byte[] octets = new byte[BufferUtil.length(content)];
      if (content != null) {
        content.get(octets);
      }
      return octets;
    }
  }

  private void filter(FilteredBody body, Part part) {
    if (part.response() != null) {
      head = new MetaDataHead(part.response());
    }
    MetaDataHead whole = Objects.requireNonNull(head, "a body before its head");
    if (body.way(whole) == Way.AS_IS) {
      send(part, whole, part.content());
      return;
    }
    Optional<byte[]> leaving = body.pass(whole, part.octets(), part.last());
    if (leaving.isPresent()) {
      send(part, whole, ByteBuffer.wrap(leaving.get()));
    } else {
      part.callback().succeeded();
    }
  }

  private void send(Part part, MetaDataHead whole, @Nullable ByteBuffer content) {
    MetaData.Response leaving = isBegun ? null : whole.response();
    isBegun = true;
    super.send(part.request(), leaving, part.last(), content, part.callback());
  }

  private static boolean isInterim(MetaData.@Nullable Response response) {
    return response != null && HttpStatus.isInterim(response.getStatus());
  }

  // There is no head with the second and later parts of a body.
  private MetaData.@Nullable Response mended(MetaData.@Nullable Response response) {
    if (response == null || exchange.isAnswered() || isInterim(response)) {
      return response;
    }
    MetaDataHead head = new MetaDataHead(response);
    engine.complete(exchange, head);
    return head.response();
  }

  @Override
  public void succeeded() {
    exchange.lease().close();
    super.succeeded();
  }

  @Override
  public void failed(Throwable failure) {
    exchange.lease().close();
    super.failed(failure);
  }

  /** Ends the response from outside: with the connection, or the stream of it in HTTP/2 and 3. */
  void end(Request request) {
    if (request.getConnectionMetaData().getHttpVersion().getVersion()
        < HttpVersion.HTTP_2.getVersion()) {
      request.getConnectionMetaData().getConnection().getEndPoint().close();
    } else {
      getWrapped().failed(new EofException("the access token has ended"));
    }
  }
}
