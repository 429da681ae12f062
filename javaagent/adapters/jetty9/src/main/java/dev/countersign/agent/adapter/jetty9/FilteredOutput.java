package dev.countersign.agent.adapter.jetty9;

import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.BodyFilter.Way;
import dev.countersign.spi.FilteredBody;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.HttpOutput;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** The last place of a body before its channel, where it goes through a filter. */
final class FilteredOutput implements HttpOutput.Interceptor {

  private final HttpOutput.Interceptor next;
  private final ChannelHead head;
  private final FilteredBody body;

  private FilteredOutput(Response response, BodyFilter filter) {
    this.next = response.getHttpOutput().getInterceptor();
    this.head = new ChannelHead(response);
    this.body = new FilteredBody(filter);
  }

  /** The server takes it out at the end of the exchange. */
  static void into(Response response, BodyFilter filter) {
    response.getHttpOutput().setInterceptor(new FilteredOutput(response, filter));
  }

  @Override
  public void write(ByteBuffer content, boolean last, Callback callback) {
    if (body.way(head) == Way.AS_IS) {
      next.write(content, last, callback);
      return;
    }
    body.pass(head, octets(content), last)
        .ifPresentOrElse(
            leaving -> next.write(ByteBuffer.wrap(leaving), last, callback), callback::succeeded);
  }

  private static byte[] octets(ByteBuffer content) {
    byte[] octets = new byte[BufferUtil.length(content)];
    if (octets.length > 0) {
      content.get(octets);
    }
    return octets;
  }

  @Override
  public HttpOutput.Interceptor getNextInterceptor() {
    return next;
  }

  // Jetty 9 only.
  @Override
  public boolean isOptimizedForDirectBuffers() {
    return false;
  }

  // What is held back has not left yet, so the application can still write another answer.
  @Override
  public void resetBuffer() {
    next.resetBuffer();
    body.reset();
  }
}
