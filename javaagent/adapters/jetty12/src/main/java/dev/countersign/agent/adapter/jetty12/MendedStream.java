package dev.countersign.agent.adapter.jetty12;

import dev.countersign.agent.runtime.Engine;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
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
}
