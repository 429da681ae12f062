package dev.countersign.agent.adapter.jetty12;

import dev.countersign.agent.runtime.Engine;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The way out of every response: here the application's head leaves, whoever wrote it. */
final class MendedStream extends HttpStream.Wrapper {

  private final Engine engine;
  private final JettyExchange exchange;

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
    super.send(request, mended(response), last, content, callback);
  }

  // There is no head with the second and later parts of a body.
  private MetaData.@Nullable Response mended(MetaData.@Nullable Response response) {
    if (response == null || exchange.isAnswered() || HttpStatus.isInterim(response.getStatus())) {
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
