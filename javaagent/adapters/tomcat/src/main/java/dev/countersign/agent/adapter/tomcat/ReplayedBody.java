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

  private void set(InputBuffer buffer, ActionHook hook) {
    request.setInputBuffer(buffer);
    HOOK.set(request, hook);
  }

  /** Gives a body back. */
  static void into(Request request, byte[] body) {
    ReplayedBody replayed = new ReplayedBody(request, body);
    replayed.set(replayed, replayed);
  }

  /** Takes back what the request before this one on the connection has not read. */
  static void outOf(Request request) {
    if (request.getInputBuffer() instanceof ReplayedBody replayed) {
      replayed.set(replayed.rest, replayed.processor);
    }
  }

  @Override
  public int doRead(ApplicationBufferHandler handler) throws IOException {
    int length = body.remaining();
    if (length == 0) {
      return rest.doRead(handler);
    }
    handler.setByteBuffer(body);
    body = ByteBuffer.allocate(0);
    return length;
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
