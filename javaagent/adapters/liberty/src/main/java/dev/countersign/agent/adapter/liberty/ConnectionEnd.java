package dev.countersign.agent.adapter.liberty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends a response of HTTP/1.1 together with its connection, as a client does that goes away. Only
 * the socket is closed here: what Liberty keeps with it may be in use, and is taken back by the
 * thread that uses it.
 *
 * @param socket of the connection
 */
record ConnectionEnd(Socket socket) implements Runnable {

  // Its bundle shows them to nobody.
  private static final String TCP = "com.ibm.ws.tcpchannel.internal.TCPConnLink";

  /**
   * How the responses of a connection end.
   *
   * @param link what is nearest to the wire
   * @return empty if it is not of Liberty's own sockets
   */
  static Optional<ConnectionEnd> of(Object link) {
    if (!link.getClass().getName().equals(TCP)) {
      return Optional.empty();
    }
    @Nullable Object channel = call(link, "getSocketIOChannel");
    return channel == null
        ? Optional.empty()
        : Optional.ofNullable((Socket) call(channel, "getSocket")).map(ConnectionEnd::new);
  }

  private static @Nullable Object call(Object receiver, String method) {
    try {
      return new Operation(receiver.getClass().getMethod(method)).on(receiver);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a version of Open Liberty that is not known", e);
    }
  }

  @Override
  public void run() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
