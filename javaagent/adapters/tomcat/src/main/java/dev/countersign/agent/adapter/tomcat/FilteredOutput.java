package dev.countersign.agent.adapter.tomcat;

import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.BodyFilter.Way;
import dev.countersign.spi.FilteredBody;
import dev.countersign.spi.ResponseHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ActionHook;
import org.apache.coyote.OutputBuffer;
import org.apache.coyote.Response;
import org.jspecify.annotations.Nullable;

/**
 * The way out of a response whose body goes through a filter, in the place of the server's own for
 * body and actions. A response is used for many requests, so it is taken out again when one of them
 * is over.
 */
final class FilteredOutput implements OutputBuffer, ActionHook {

  // One of 32 places that a response has for whoever embeds Tomcat; the container uses 1.
  private static final int NOTE = 29;

  private static final OwnField<Response, OutputBuffer> OUTPUT =
      OwnField.of(Response.class, "outputBuffer", OutputBuffer.class);
  private static final OwnField<Response, ActionHook> HOOK =
      OwnField.of(Response.class, "hook", ActionHook.class);

  private final Response response;
  private final OutputBuffer out;
  private final ActionHook hook;
  private final FilteredBody body;
  private final ResponseHead head;

  private FilteredOutput(Response response, BodyFilter filter) {
    this.response = response;
    this.out = OUTPUT.get(response);
    this.hook = HOOK.get(response);
    this.body = new FilteredBody(filter);
    this.head = new CoyoteHead(response);
  }

  static void into(Response response, BodyFilter filter) {
    FilteredOutput output = new FilteredOutput(response, filter);
    response.setNote(NOTE, output);
    OUTPUT.set(response, output);
    HOOK.set(response, output);
    // A file that the kernel sends would pass by.
    response.getRequest().setSendfile(false);
  }

  /**
   * Gives the response back what it had; its next request begins so. One that has another way out
   * by now keeps that: Tomcat lends it to stream after stream of HTTP/2, of whatever connection.
   */
  static void outOf(Response response) {
    if (response.getNote(NOTE) instanceof FilteredOutput output) {
      OUTPUT.replace(response, output, output.out);
      HOOK.replace(response, output, output.hook);
      response.setNote(NOTE, null);
    }
  }

  /** What the response is about to do; a head that is held back is not written. */
  @Override
  public void action(ActionCode code, @Nullable Object parameter) {
    boolean isFlush = code == ActionCode.COMMIT || code == ActionCode.CLIENT_FLUSH;
    if (isFlush && body.way(head) == Way.WHOLE) {
      return;
    }
    if (code == ActionCode.CLOSE) {
      try {
        end();
      } catch (IOException e) {
        hook.action(ActionCode.CLOSE_NOW, e);
        return;
      }
    }
    hook.action(code, parameter);
  }

  private void end() throws IOException {
    boolean isHeld = body.way(head) == Way.WHOLE;
    outOf(response);
    if (!isHeld) {
      return;
    }
    // The container believes that a head has left which was held back.
    response.setCommitted(false);
    pass(new byte[0], true);
  }

  private void pass(byte[] octets, boolean last) throws IOException {
    Optional<byte[]> leaving = body.pass(head, octets, last);
    if (leaving.isPresent() && leaving.get().length > 0) {
      out.doWrite(ByteBuffer.wrap(leaving.get()));
    }
  }

  @Override
  public int doWrite(ByteBuffer chunk) throws IOException {
    if (body.way(head) == Way.AS_IS) {
      return out.doWrite(chunk);
    }
    byte[] octets = new byte[chunk.remaining()];
    chunk.get(octets);
    pass(octets, false);
    // As without a filter: from here on the application cannot begin another answer.
    response.setCommitted(response.isCommitted() || body.way(head) == Way.WHOLE);
    return octets.length;
  }

  @Override
  public long getBytesWritten() {
    return out.getBytesWritten();
  }
}
