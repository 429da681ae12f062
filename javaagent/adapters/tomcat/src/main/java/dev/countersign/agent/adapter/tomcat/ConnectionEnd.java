package dev.countersign.agent.adapter.tomcat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.channels.Channel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.Nio2Channel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Ends a response of HTTP/1.1 or AJP together with its connection, as a client does that goes away:
 * such a connection has one response at a time, also when it is a proxy's. Only the socket is
 * closed here: what Tomcat keeps with it may be in use, and is taken back by the thread that uses
 * it.
 *
 * @param request the request
 * @param connection the connection
 * @param socket its socket
 */
record ConnectionEnd(Request request, SocketWrapperBase<?> connection, Channel socket)
    implements Runnable {

  private static final Method CONNECTION = connectionOfProcessor();

  private static Method connectionOfProcessor() {
    try {
      Method method = AbstractProcessor.class.getDeclaredMethod("getSocketWrapper");
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a version of Tomcat that is not known", e);
    }
  }

  /**
   * How a response ends.
   *
   * @return empty for a connector on native sockets, whose responses nobody else can end
   */
  static Optional<ConnectionEnd> of(AbstractProcessor processor) {
    try {
      SocketWrapperBase<?> connection = (SocketWrapperBase<?>) CONNECTION.invoke(processor);
      return Optional.ofNullable(connection)
          .flatMap(wrapper -> socket(wrapper.getSocket()))
          .map(socket -> new ConnectionEnd(processor.getRequest(), connection, socket));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Channel> socket(Object socket) {
    if (socket instanceof NioChannel channel) {
      return Optional.of(channel.getIOChannel());
    }
    return socket instanceof Nio2Channel channel
        ? Optional.of(channel.getIOChannel())
        : Optional.empty();
  }

  @Override
  public void run() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // A thread that writes sees that by itself; where there is none, Tomcat tells the application.
    AtomicBoolean isAsync = new AtomicBoolean();
    request.action(ActionCode.ASYNC_IS_ASYNC, isAsync);
    if (isAsync.get()) {
      connection.processSocket(SocketEvent.ERROR, true);
    }
  }
}
