package dev.countersign.agent.adapter.jetty9;

import dev.countersign.agent.runtime.MeteredBody;
import dev.countersign.spi.BodyAllowance;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpInput;
import org.eclipse.jetty.util.Jetty;

/** Reads a body, or the beginning of it, and puts it back. */
final class BodyReplay {

  // Jetty 9 has a queue of content, Jetty 10 and 11 ask for it when it is read.
  private static final boolean QUEUE = method("addContent").isPresent();

  // They do not ask interceptors at the end.
  private static final boolean IS_LOSING = Jetty.VERSION.matches("1[01]\\.0\\.[0-8](\\D.*)?");

  // Later versions have split recycling in two.
  private static final Optional<Method> REOPEN = method("reopen");

  private BodyReplay() {}

  private static Optional<Method> method(String name) {
    return Stream.of(HttpInput.class.getMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst();
  }

  /**
   * Says before anything is read whether it could be given back, so that what is admitted in spite
   * of it has a whole body.
   *
   * @throws IllegalStateException if it could not, which is no fault of the client's
   */
  static void checkVersion() {
    if (IS_LOSING) {
      throw new IllegalStateException("this version of Jetty does not give a body back");
    }
  }

  /** Reads until the end, or a limit has been reached. */
  static byte[] read(HttpChannel channel, int limit, BodyAllowance allowance) throws IOException {
    HttpInput input = channel.getRequest().getHttpInput();
    byte[] body = MeteredBody.read(input, limit, allowance);
    if (body.length < limit) {
      replay(channel, input, body);
    } else {
      input.addInterceptor(new Before(withRestOfPiece(input, body)));
    }
    return body;
  }

  // What is left of the piece that reached the limit is past all interceptors. It is read at once:
  // to read nothing behind it, as readNBytes does, would take the next piece there as well.
  private static byte[] withRestOfPiece(HttpInput input, byte[] body) throws IOException {
    byte[] bytes = Arrays.copyOf(body, body.length + input.available());
    int rest = bytes.length - body.length;
    if (rest > 0 && input.read(bytes, body.length, rest) != rest) {
      throw new IOException("a piece of the body is missing");
    }
    return bytes;
  }

  private static void replay(HttpChannel channel, HttpInput input, byte[] body) throws IOException {
    input.recycle();
    if (QUEUE) {
      if (body.length > 0) {
        input.addContent(new HttpInput.Content(ByteBuffer.wrap(body.clone())));
      }
      input.eof();
      ReadState.reset(channel.getState());
      return;
    }
    reopen(input);
    if (body.length > 0) {
      input.addInterceptor(new Before(body.clone()));
      // Of a version that says another number.
      if (input.available() == 0) {
        throw new IOException("this version of Jetty does not give a body back");
      }
    }
  }

  private static void reopen(HttpInput input) {
    try {
      if (REOPEN.isPresent()) {
        REOPEN.get().invoke(input);
      }
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a version of Jetty whose body cannot be read twice", e);
    }
  }

  /** Puts bytes before the content that comes next, or before the end. */
  private static final class Before implements HttpInput.Interceptor {

    private byte[] held;

    Before(byte[] held) {
      this.held = held;
    }

    @Override
    public HttpInput.Content readFrom(HttpInput.Content content) {
      if (held.length == 0) {
        return content;
      }
      byte[] joined = Arrays.copyOf(held, held.length + content.remaining());
      if (content.hasContent()) {
        content.get(joined, held.length, content.remaining());
      }
      held = new byte[0];
      return new HttpInput.Content(ByteBuffer.wrap(joined));
    }
  }
}
