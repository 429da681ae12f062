package dev.countersign.agent.adapter.tomcat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ActionHook;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * A body that was read, before whatever is left of it. Tomcat's own way to replay a body loses it
 * in HTTP/2, which puts it where the next read expects nothing, and in older versions when it is
 * longer than a buffer. Used by one thread at a time.
 */
final class ReplayedBody implements InputBuffer, ActionHook {

  private static final int PART = 8192;

  // What tells a ReadListener that there is a body; Tomcat shows it to its own package only.
  private static final OwnField<Request, ActionHook> HOOK =
      OwnField.of(Request.class, "hook", ActionHook.class);

  private final Request request;
  private final ActionHook processor;
  private final InputBuffer rest;
  private ByteBuffer body;

  private ReplayedBody(Request request, byte[] body) {
    this.request = request;
    this.rest = request.getInputBuffer();
    this.body = ByteBuffer.wrap(body);
    this.processor = HOOK.get(request);
  }

  /** Gives a body back. */
  static void into(Request request, byte[] body) {
    ReplayedBody replayed = new ReplayedBody(request, body);
    request.setInputBuffer(replayed);
    HOOK.set(request, replayed);
  }

  /**
   * Takes back what nobody has read. Tomcat keeps a request for the next one, and with it whatever
   * is in it.
   */
  static void outOf(Request request) {
    if (request.getInputBuffer() instanceof ReplayedBody replayed) {
      request.setInputBuffer(replayed.rest);
      HOOK.replace(request, replayed, replayed.processor);
    }
  }

  // In copies of parts, because older versions keep the last one for as long as the request.
  @Override
  public int doRead(ApplicationBufferHandler handler) throws IOException {
    if (!body.hasRemaining()) {
      return rest.doRead(handler);
    }
    byte[] part = new byte[Math.min(body.remaining(), PART)];
    body.get(part);
    if (!body.hasRemaining()) {
      body = ByteBuffer.allocate(0);
    }
    handler.setByteBuffer(ByteBuffer.wrap(part));
    return part.length;
  }

  @Override
  public int available() {
    return body.hasRemaining() ? body.remaining() : rest.available();
  }

  @Override
  public void action(ActionCode code, Object parameter) {
    if (!body.hasRemaining()) {
      processor.action(code, parameter);
      return;
    }
    switch (code) {
      case AVAILABLE -> request.setAvailable(body.remaining());
      case NB_READ_INTEREST -> ((AtomicBoolean) parameter).set(true);
      case REQUEST_BODY_FULLY_READ -> ((AtomicBoolean) parameter).set(false);
      default -> processor.action(code, parameter);
    }
  }
}
