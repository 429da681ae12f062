package dev.countersign.agent.adapter.tomcat;

import dev.countersign.agent.runtime.FilteredBody;
import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.BodyFilter.Way;
import dev.countersign.spi.ResponseHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.coyote.ActionCode;
import org.apache.coyote.OutputBuffer;
import org.apache.coyote.Response;

/**
 * The way out of a response whose body goes through a filter, in the place of the server's own. A
 * response is used for many requests, so it is taken out again when one of them is over.
 */
final class FilteredOutput implements OutputBuffer {

  // One of 32 places that a response has for whoever embeds Tomcat; the container uses 1.
  private static final int NOTE = 29;

  private final Response response;
  private final OutputBuffer out;
  private final FilteredBody body;
  private final ResponseHead head;

  private FilteredOutput(Response response, OutputBuffer out, BodyFilter filter) {
    this.response = response;
    this.out = out;
    this.body = new FilteredBody(filter);
    this.head = new CoyoteHead(response);
  }

  static void into(Response response, BodyFilter filter) {
    FilteredOutput output = new FilteredOutput(response, OutputField.of(response), filter);
    response.setNote(NOTE, output);
    response.setOutputBuffer(output);
    // A file that the kernel sends would pass by.
    response.getRequest().setSendfile(false);
  }

  /** Gives the response back what it had; its next request begins so. */
  static void outOf(Response response) {
    if (response.getNote(NOTE) instanceof FilteredOutput output) {
      response.setOutputBuffer(output.out);
      response.setNote(NOTE, null);
    }
  }

  /**
   * What the response is about to do.
   *
   * @return whether it may: a head that is held back is not written
   */
  static boolean mayAct(Response response, ActionCode code) throws IOException {
    return !(response.getNote(NOTE) instanceof FilteredOutput output) || output.mayAct(code);
  }

  private boolean mayAct(ActionCode code) throws IOException {
    if (code == ActionCode.CLOSE) {
      end();
    }
    boolean isFlush = code == ActionCode.COMMIT || code == ActionCode.CLIENT_FLUSH;
    return !isFlush || response.getNote(NOTE) != this || body.way(head) != Way.WHOLE;
  }

  private void end() throws IOException {
    boolean isHeld = body.way(head) == Way.WHOLE;
    outOf(response);
    if (!isHeld) {
      return;
    }
    // The container believes that a head has left which was held back.
    response.setCommitted(false);
    byte[] whole = body.end(head);
    if (whole.length > 0) {
      response.setContentLength(whole.length);
      out.doWrite(ByteBuffer.wrap(whole));
    }
  }

  @Override
  public int doWrite(ByteBuffer chunk) throws IOException {
    if (body.way(head) == Way.AS_IS) {
      return out.doWrite(chunk);
    }
    byte[] octets = new byte[chunk.remaining()];
    chunk.get(octets);
    byte[] leaving = body.next(octets);
    if (leaving.length > 0) {
      out.doWrite(ByteBuffer.wrap(leaving));
    }
    // As without a filter: from here on the application cannot begin another answer.
    response.setCommitted(response.isCommitted() || body.way(head) == Way.WHOLE);
    return octets.length;
  }

  @Override
  public long getBytesWritten() {
    return out.getBytesWritten();
  }
}
