package dev.countersign.agent.adapter.tomcat;

import java.io.IOException;
import java.lang.reflect.Field;
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

  private static final String LOCKED = "the body cannot be given back";

  private final Request request;
  private final ActionHook processor;
  private final InputBuffer rest;
  private ByteBuffer body;

  private ReplayedBody(Request request, byte[] body) throws IOException {
    this.request = request;
    this.rest = request.getInputBuffer();
    this.body = ByteBuffer.wrap(body);
    try {
      this.processor = (ActionHook) hook().get(request);
    } catch (ReflectiveOperationException e) {
      throw new IOException(LOCKED, e);
    }
  }

  // What tells a ReadListener that there is a body; Tomcat shows it to its own package only.
  private static Field hook() throws ReflectiveOperationException {
    Field hook = Request.class.getDeclaredField("hook");
    hook.setAccessible(true);
    return hook;
  }

  private void set(InputBuffer buffer, ActionHook hook) throws IOException {
    request.setInputBuffer(buffer);
    try {
      hook().set(request, hook);
    } catch (ReflectiveOperationException e) {
      throw new IOException(LOCKED, e);
    }
  }

  /** Gives a body back. */
  static void into(Request request, byte[] body) throws IOException {
    ReplayedBody replayed = new ReplayedBody(request, body);
    replayed.set(replayed, replayed);
  }

  /** Takes back what the request before this one on the connection has not read. */
  static void outOf(Request request) throws IOException {
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
